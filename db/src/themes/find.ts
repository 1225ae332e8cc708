import type { Sql } from '../client.ts';
import type { RoomTheme } from '../schema/gateway.ts';

export async function findTheme(sql: Sql, room: string): Promise<RoomTheme | undefined> {
  const [theme] = await sql<RoomTheme[]>`select * from room_themes where room = ${room}`;
  return theme;
}
