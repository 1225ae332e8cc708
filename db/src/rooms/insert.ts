import { type AuditEntry, auditChange } from '../audit/entry.ts';
import type { Sql } from '../client.ts';
import type { Room, StoredRoomState } from '../schema/gateway.ts';

export type NewRoom = { id: string; name: string; settings: Record<string, unknown>; state: StoredRoomState };

/** Creates a room and its audit entry. @returns undefined if a room of that id exists */
export async function insertRoom(sql: Sql, room: NewRoom, entry: AuditEntry): Promise<Room | undefined> {
  const [created] = await sql<Room[]>`
    with changed as (
      insert into rooms (id, name, settings, state)
      values (${room.id}, ${room.name}, ${sql.json(room.settings as never)}, ${room.state})
      on conflict (id) do nothing
      returning *
    ), ${auditChange(sql, entry)}
    select * from changed`;
  return created;
}
