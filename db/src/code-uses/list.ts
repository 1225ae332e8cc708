import type { Sql } from '../client.ts';

/** How often each code of a room was used in an epoch, as last saved. */
export async function listCodeUses(
  sql: Sql,
  room: { id: string; epoch: number },
): Promise<Map<string, number>> {
  const rows = await sql<Array<{ code_id: string; uses: number }>>`
    select code_id, uses from code_uses where room_id = ${room.id} and epoch = ${room.epoch}`;
  return new Map(rows.map(({ code_id, uses }) => [code_id, uses]));
}
