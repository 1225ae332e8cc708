import type { Gateway } from '../deps.ts';
import { keysToWipe } from '../lua/keys.ts';

/**
 * Removes every Redis key of a room in one step, unless they belong to a later generation.
 * @param last the last epoch to remove
 */
export async function wipeRoom(gateway: Gateway, id: string, last: number): Promise<void> {
  await gateway.redis.wrWipe(...keysToWipe(id, gateway.clock.now()), last);
}
