import { runWipe } from '../lua/wipe.ts';
import type { RoomDeps } from './deps.ts';

/**
 * Removes every Redis key of a room in one step, unless they belong to a later generation.
 * @param last the last epoch to remove
 */
export async function wipeRoom(
  deps: Pick<RoomDeps, 'redis' | 'clock'>,
  id: string,
  last: number,
): Promise<void> {
  await runWipe(deps.redis, { room: id, lastEpoch: last }, deps.clock.now());
}
