import { findRoom } from '@shopfast/db/rooms/find';
import { isPlainLine } from '@shopfast/kit/contracts/text';
import type { Gateway } from '../deps.ts';

/**
 * Fetches a room that this process does not know yet: another gateway made it, less than a second ago. For operators' calls,
 * which are few; what shoppers ask for never waits for Postgres.
 */
export async function loadRoomOnMiss(gateway: Gateway, id: string): Promise<void> {
  // What no room can be called is not asked for.
  if (gateway.rooms.has(id) || id.length > 63 || !isPlainLine(id)) return;
  const row = await findRoom(gateway.sql, id);
  if (row) gateway.rooms.put(row);
}
