import type { Sql } from '../client.ts';
import type { Room, StoredRoomState } from '../schema/gateway.ts';

/**
 * A transition by the system itself (opening on time, sold out), without an operator and so without an audit entry.
 * @returns the room, or undefined if it was not in one of the states `from`
 */
export async function setRoomState(
  sql: Sql,
  step: { id: string; from: StoredRoomState[]; to: StoredRoomState; now: Date },
): Promise<Room | undefined> {
  const [room] = await sql<Room[]>`
    update rooms set state = ${step.to}, version = version + 1, updated_at = ${step.now}
    where id = ${step.id} and state = any(${step.from}::text[])
    returning *`;
  return room;
}
