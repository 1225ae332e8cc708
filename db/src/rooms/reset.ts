import type { RoomState } from '@shopfast/kit/contracts/api';
import { type AuditEntry, auditChange } from '../audit/entry.ts';
import type { Sql } from '../client.ts';
import type { Room } from '../schema/gateway.ts';

/** Starts a room anew: a new epoch, marks at zero, tickets of the old epoch void. Same guard as updateRoom. */
export async function resetRoom(
  sql: Sql,
  room: { id: string; version: number; state: RoomState },
  entry: AuditEntry,
): Promise<Room | undefined> {
  const [changed] = await sql<Room[]>`
    with changed as (
      update rooms
      set epoch = epoch + 1, high_number = 0, serving = 0, priority_high_number = 0, priority_serving = 0, state = ${room.state}, version = version + 1,
        updated_at = ${entry.at}
      where id = ${room.id} and version = ${room.version}
      returning *
    ), ${auditChange(sql, entry)}
    select * from changed`;
  return changed;
}
