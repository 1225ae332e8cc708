import type { Sql } from '../client.ts';

/** High-water marks of one line: the highest number given, and the highest called. */
type Marks = { highNumber: number; serving: number };

const NONE: Marks = { highNumber: 0, serving: 0 };

/** Saves a room's high-water marks; they never decrease. A process that still counts in an older epoch is ignored. */
export async function saveMarks(
  sql: Sql,
  marks: Marks & { room: string; epoch: number; priority?: Marks },
): Promise<void> {
  const { priority = NONE } = marks;
  await sql`
    update rooms
    set high_number = greatest(high_number, ${marks.highNumber}::bigint),
      serving = greatest(serving, ${marks.serving}::bigint),
      priority_high_number = greatest(priority_high_number, ${priority.highNumber}::bigint),
      priority_serving = greatest(priority_serving, ${priority.serving}::bigint)
    where id = ${marks.room} and epoch = ${marks.epoch}
      and (high_number < ${marks.highNumber}::bigint or serving < ${marks.serving}::bigint
        or priority_high_number < ${priority.highNumber}::bigint or priority_serving < ${priority.serving}::bigint)`;
}
