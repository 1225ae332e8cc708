import type { Sql } from '../client.ts';
import type { Room } from '../schema/gateway.ts';

/**
 * Saves how many tickets a lottery was drawn for, once per epoch. A second call changes nothing.
 * @returns the updated room, or undefined if the draw was saved before (or the room does not exist)
 */
export async function saveDraw(
  sql: Sql,
  draw: { room: string; epoch: number; size: number },
): Promise<Room | undefined> {
  const [room] = await sql<Room[]>`
    update rooms set lottery_size = ${draw.size}
    where id = ${draw.room} and epoch = ${draw.epoch} and lottery_size is null
    returning *`;
  return room;
}
