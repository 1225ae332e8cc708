import { findRoom, resetRoom as saveReset } from '@shopfast/db/rooms';
import { type Author, auditEntry } from '@shopfast/kit/admin/author';
import { Problem } from '@shopfast/kit/errors';
import { newLottery } from '../lottery/seed.ts';
import type { RoomDeps } from './deps.ts';
import { syncRoomToRedis } from './sync-to-redis.ts';
import { wipeRoom } from './wipe.ts';

/**
 * Empties a room and starts a new epoch: all earlier tickets have ended, and numbers count from 1 again.
 * @throws Problem room_unknown, edit_conflict
 */
export async function resetRoom(deps: RoomDeps, id: string, author: Author): Promise<void> {
  const before = await findRoom(deps.sql, id);
  if (!before) throw new Problem('room_unknown');
  const entry = auditEntry(author, deps.clock.now(), {
    action: 'room.reset',
    target: id,
    before: { state: before.state, epoch: before.epoch },
  });
  const fresh = {
    id,
    version: before.version,
    state: 'scheduled' as const,
    lottery: newLottery(deps.sealer),
  };
  const row = await saveReset(deps.sql, fresh, entry);
  if (!row) throw new Problem('edit_conflict');
  await wipeRoom(deps, id, before.epoch);
  await syncRoomToRedis(deps, row);
}
