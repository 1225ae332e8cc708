import { type AuditEntry, auditChange } from './audit.ts';
import type { Sql } from './client.ts';
import { json } from './json.ts';
import type { Room, StoredRoomState } from './schema/gateway.ts';
import { enqueueWebhookEvents, type RoomEvent } from './webhook-deliveries.ts';

export async function findRoom(sql: Sql, id: string): Promise<Room | undefined> {
  const [room] = await sql<Room[]>`select * from rooms where id = ${id}`;
  return room;
}

export async function listRooms(sql: Sql): Promise<Room[]> {
  return await sql<Room[]>`select * from rooms order by id`;
}

/** The seed of a future draw, sealed by the gateway, and the version of the draw. */
export type NewLottery = { sealedSeed: string; version: number };

export type NewRoom = {
  id: string;
  name: string;
  settings: Record<string, unknown>;
  state: StoredRoomState;
  lottery: NewLottery;
};

/**
 * Creates a room and its audit entry, with an epoch that no room had before: tickets and codes of a deleted room with
 * the same id are void in this one. The version continues where that room ended, so that no process takes this one for
 * an older version. The audit log alone cannot number generations: it misses a deletion that commits while this
 * statement waits for it.
 * @returns undefined if a room of that id exists
 */
export async function insertRoom(sql: Sql, room: NewRoom, entry: AuditEntry): Promise<Room | undefined> {
  const [created] = await sql<Room[]>`
    with changed as (
      insert into rooms (id, name, settings, state, lottery_seed_sealed, lottery_version, epoch, version)
      select ${room.id}, ${room.name}, ${json(sql, room.settings)}, ${room.state},
        ${room.lottery.sealedSeed}, ${room.lottery.version}::int,
        greatest(nextval('room_epochs'), coalesce(max((before->>'epoch')::int), 0) + 1),
        coalesce(max((before->>'version')::int), 0) + 1
      from audit where target = ${room.id} and action = 'room.delete'
      on conflict (id) do nothing
      returning *
    ), ${auditChange(sql, entry)}
    select * from changed`;
  return created;
}

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
  const settings = change.settings ? json(sql, change.settings) : sql`settings`;
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

/**
 * Resets a room: a new epoch, a new lottery seed, high-water marks at zero; tickets of the old epoch are void. Checks
 * the version like updateRoom.
 */
export async function resetRoom(
  sql: Sql,
  room: { id: string; version: number; state: StoredRoomState; lottery: NewLottery },
  entry: AuditEntry,
): Promise<Room | undefined> {
  const [changed] = await sql<Room[]>`
    with changed as (
      update rooms
      set epoch = greatest(nextval('room_epochs'), epoch + 1), takes_codes_without_epoch = false, revoked_codes = 0, high_number = 0, serving = 0, priority_high_number = 0, priority_serving = 0,
        state = ${room.state}, version = version + 1,
        lottery_seed = null, lottery_seed_sealed = ${room.lottery.sealedSeed},
        lottery_version = ${room.lottery.version}, lottery_size = null, updated_at = ${entry.at}
      where id = ${room.id} and version = ${room.version}
      returning *
    ), ${auditChange(sql, entry)}
    select * from changed`;
  return changed;
}

/**
 * Deletes a room and all its data, with an audit entry, if it still has the version that the caller has read.
 * @returns whether it existed
 */
export async function deleteRoom(
  sql: Sql,
  room: { id: string; version: number },
  entry: AuditEntry,
): Promise<boolean> {
  const rows = await sql`
    with changed as (
      delete from rooms where id = ${room.id} and version = ${room.version} returning id
    ), ${auditChange(sql, entry)}
    select id from changed`;
  return rows.length === 1;
}
