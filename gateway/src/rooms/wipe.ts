import type { Gateway } from '../deps.ts';
import { keysToWipe } from '../lua/keys.ts';

/**
 * Removes every Redis key of a room in one step, unless what is there is of a later generation already.
 * @param last the last epoch that goes
 */
export async function wipeRoom(gateway: Gateway, id: string, last: number): Promise<void> {
  await gateway.redis.wrWipe(...keysToWipe(id, gateway.clock.now()), last);
}
