import type { Sql } from '../client.ts';
import type { RoomCalls } from '../schema/gateway.ts';

/** The calls that were saved of a room's present epoch. */
export async function findRoomCalls(
  sql: Sql,
  room: { id: string; epoch: number },
): Promise<RoomCalls | undefined> {
  const [calls] = await sql<RoomCalls[]>`
    select * from room_calls where room_id = ${room.id} and epoch = ${room.epoch}`;
  return calls;
}
