import type { Sql } from '../client.ts';

/**
 * Saves how far a room has counted; marks never go back. A process that still counts in an older epoch is ignored.
 */
export async function saveMarks(
  sql: Sql,
  marks: { room: string; epoch: number; highNumber: number; serving: number },
): Promise<void> {
  await sql`
    update rooms
    set high_number = greatest(high_number, ${marks.highNumber}::bigint),
      serving = greatest(serving, ${marks.serving}::bigint)
    where id = ${marks.room} and epoch = ${marks.epoch}
      and (high_number < ${marks.highNumber}::bigint or serving < ${marks.serving}::bigint)`;
}
