import { insertRoom } from '@shopfast/db/rooms';
import { type Author, auditEntry } from '@shopfast/kit/admin/author';
import { DEFAULT_SETTINGS, roomSettings, type SomeSettings } from '@shopfast/kit/contracts/rooms';
import { Problem } from '@shopfast/kit/errors';
import { invalidRequest } from '@shopfast/kit/http';
import { newLottery } from '../lottery/seed.ts';
import type { RoomDeps } from './deps.ts';
import type { Room } from './room.ts';
import { syncRoomToRedis } from './sync-to-redis.ts';

/**
 * Creates a room. It is `scheduled` until its schedule or an operator opens it.
 * @throws Problem room_exists, invalid_request
 */
export async function createRoom(
  deps: RoomDeps,
  id: string,
  given: SomeSettings,
  author: Author,
): Promise<Room> {
  const parsed = roomSettings.safeParse({ ...DEFAULT_SETTINGS, ...given });
  if (!parsed.success) throw invalidRequest(parsed.error.issues);
  const { name, ...settings } = parsed.data;
  const entry = auditEntry(author, deps.clock.now(), {
    action: 'room.create',
    target: id,
    after: parsed.data,
  });
  const row = await insertRoom(
    deps.sql,
    { id, name, settings, state: 'scheduled', lottery: newLottery(deps.sealer) },
    entry,
  );
  if (!row) throw new Problem('room_exists');
  await syncRoomToRedis(deps, row);
  return deps.rooms.get(id);
}
