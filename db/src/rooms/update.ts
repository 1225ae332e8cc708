import { type AuditEntry, auditChange } from '../audit/entry.ts';
import type { Sql } from '../client.ts';
import type { Room, StoredRoomState } from '../schema/gateway.ts';
import { enqueueWebhookEvents, type RoomEvent } from '../webhooks/enqueue-events.ts';

export type RoomChange = { name?: string; settings?: Record<string, unknown>; state?: StoredRoomState };

/**
 * Changes a room, with its audit entry and its webhook events, if it still has the version that the caller has read.
 * @returns the room with its next version, or undefined if another change came first (or it does not exist)
 */
export async function updateRoom(
  sql: Sql,
  room: { id: string; version: number },
  change: RoomChange,
  entry: AuditEntry,
  events: RoomEvent[] = [],
): Promise<Room | undefined> {
  const settings = change.settings ? sql.json(change.settings as never) : sql`settings`;
  const [changed] = await sql<Room[]>`
    with changed as (
      update rooms
      set name = coalesce(${change.name ?? null}, name), settings = ${settings},
        state = coalesce(${change.state ?? null}, state), version = version + 1, updated_at = ${entry.at}
      where id = ${room.id} and version = ${room.version}
      returning *
    ), ${auditChange(sql, entry)}, ${enqueueWebhookEvents(sql, events, entry.at)}
    select * from changed`;
  return changed;
}
