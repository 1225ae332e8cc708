import type { Sql } from '../client.ts';

/** The ids of the codes that were revoked in a generation of a room. */
export async function listRevokedCodes(sql: Sql, room: { id: string; epoch: number }): Promise<string[]> {
  const rows = await sql<{ code_id: string }[]>`
    select code_id from revoked_codes where room_id = ${room.id} and epoch = ${room.epoch}`;
  return rows.map((row) => row.code_id);
}
