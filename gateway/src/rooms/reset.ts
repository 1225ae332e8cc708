import { findRoom, resetRoom as saveReset } from '@shopfast/db/rooms';
import { type Author, auditEntry } from '@shopfast/kit/admin/author';
import { Problem } from '@shopfast/kit/errors';
import type { Gateway } from '../deps.ts';
import { newLottery } from '../lottery/seed.ts';
import { syncRoomToRedis } from './sync-to-redis.ts';
import { wipeRoom } from './wipe.ts';

/**
 * Empties a room and starts a new epoch: all earlier tickets have ended, and numbers count from 1 again.
 * @throws Problem room_unknown, edit_conflict
 */
export async function resetRoom(gateway: Gateway, id: string, author: Author): Promise<void> {
  const before = await findRoom(gateway.sql, id);
  if (!before) throw new Problem('room_unknown');
  const entry = auditEntry(author, gateway.clock.now(), {
    action: 'room.reset',
    target: id,
    before: { state: before.state, epoch: before.epoch },
  });
  const fresh = {
    id,
    version: before.version,
    state: 'scheduled' as const,
    lottery: newLottery(gateway.sealer),
  };
  const row = await saveReset(gateway.sql, fresh, entry);
  if (!row) throw new Problem('edit_conflict');
  await wipeRoom(gateway, id, before.epoch);
  await syncRoomToRedis(gateway, row);
}
