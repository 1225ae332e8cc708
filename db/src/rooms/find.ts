import type { Sql } from '../client.ts';
import type { Room } from '../schema/gateway.ts';

export async function findRoom(sql: Sql, id: string): Promise<Room | undefined> {
  const [room] = await sql<Room[]>`select * from rooms where id = ${id}`;
  return room;
}
