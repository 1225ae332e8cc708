import type { Sql } from '../client.ts';
import type { RoomTemplate } from '../schema/gateway.ts';

export async function listTemplates(sql: Sql): Promise<RoomTemplate[]> {
  return await sql<RoomTemplate[]>`select * from room_templates order by name`;
}
