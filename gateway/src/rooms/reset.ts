import { changeRoom } from '@shopfast/db/rooms/change';
import { findRoom } from '@shopfast/db/rooms/find';
import { Problem } from '@shopfast/kit/errors';
import type { Author } from '../admin/author.ts';
import type { Gateway } from '../deps.ts';
import { allKeys, roomKeys } from '../lua/keys.ts';
import { mirrorRoom } from './mirror.ts';

/**
 * Empties a room and starts it anew: every ticket of before has ended (a new epoch), numbers count from 1 again.
 * @throws Problem room_unknown, edit_conflict
 */
export async function resetRoom(gateway: Gateway, id: string, author: Author): Promise<void> {
  const before = await findRoom(gateway.sql, id);
  if (!before) throw new Problem('room_unknown');
  const row = await changeRoom(gateway.sql, {
    id,
    version: before.version,
    set: {
      state: 'scheduled',
      epoch: before.epoch + 1,
      high_number: 0,
      serving: 0,
      remaining: null,
      held: null,
      sold: null,
      stock_version: null,
    },
    audit: {
      ...author,
      action: 'room.reset',
      before: { state: before.state, epoch: before.epoch },
      after: null,
    },
  });
  if (!row) throw new Problem('edit_conflict');
  const issued = Number(await gateway.redis.hget(roomKeys(id).room, 'issued'));
  await gateway.redis.unlink(allKeys(id, issued, gateway.clock.now()));
  await mirrorRoom(gateway, row);
}
