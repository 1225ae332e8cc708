import { findRoom } from '@shopfast/db/rooms';
import { isPlainLine } from '@shopfast/kit/contracts/text';
import type { RoomDeps } from './deps.ts';

/**
 * Loads a room that this process does not know yet: another gateway created it less than a second ago. Only for
 * operators' calls, which are few. Shoppers' requests never wait for Postgres.
 */
export async function loadRoomOnMiss(deps: RoomDeps, id: string): Promise<void> {
  // An id that no room can have needs no query.
  if (deps.rooms.has(id) || id.length > 63 || !isPlainLine(id)) return;
  const row = await findRoom(deps.sql, id);
  if (row) deps.rooms.put(row);
}
