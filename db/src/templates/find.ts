import type { Sql } from '../client.ts';
import type { RoomTemplate } from '../schema/gateway.ts';

export async function findTemplate(sql: Sql, name: string): Promise<RoomTemplate | undefined> {
  const [template] = await sql<RoomTemplate[]>`select * from room_templates where name = ${name}`;
  return template;
}
