import type { Sql } from '../client.ts';
import type { Room } from '../schema/gateway.ts';

export async function listRooms(sql: Sql): Promise<Room[]> {
  return await sql<Room[]>`select * from rooms order by id`;
}
