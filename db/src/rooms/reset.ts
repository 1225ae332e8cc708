import { type AuditEntry, auditChange } from '../audit/entry.ts';
import type { Sql } from '../client.ts';
import type { Room, StoredRoomState } from '../schema/gateway.ts';
import type { NewLottery } from './insert.ts';

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
