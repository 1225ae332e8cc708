import type { Gateway } from '../deps.ts';
import { keysToWipe } from '../lua/keys.ts';

/** Removes every Redis key of a room in one step. */
export async function wipeRoom(gateway: Gateway, id: string): Promise<void> {
  await gateway.redis.wrWipe(...keysToWipe(id, gateway.clock.now()));
}
