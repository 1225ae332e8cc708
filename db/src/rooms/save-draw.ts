import type { Sql } from '../client.ts';
import type { Room } from '../schema/gateway.ts';

/**
 * Saves for how many a lottery was drawn, once in an epoch; whoever comes second changes nothing.
 * @returns the room as it is now, or undefined if it had been saved before (or the room is gone)
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
