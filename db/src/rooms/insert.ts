import { type AuditEntry, auditChange } from '../audit/entry.ts';
import type { Sql } from '../client.ts';
import type { Room, StoredRoomState } from '../schema/gateway.ts';

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
      select ${room.id}, ${room.name}, ${sql.json(room.settings as never)}, ${room.state},
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
