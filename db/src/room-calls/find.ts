import type { Sql } from '../client.ts';
import type { RoomCalls } from '../schema/gateway.ts';

/** The saved calls of a room's current epoch. */
export async function findRoomCalls(
  sql: Sql,
  room: { id: string; epoch: number },
): Promise<RoomCalls | undefined> {
  const [calls] = await sql<RoomCalls[]>`
    select * from room_calls where room_id = ${room.id} and epoch = ${room.epoch}`;
  return calls;
}
