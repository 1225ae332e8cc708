import type { RedisClient } from '@shopfast/kit/redis';
import type { ClientContext, Result } from 'ioredis';
import { roomKeys } from './keys.ts';
import type { Argument, Script } from './script.ts';

/** Defines `prove-place.lua`. */
export const PROVE_PLACE: Script = { name: 'prove-place', numberOfKeys: 2 };

type Reply = [code: 1, before: number] | [code: 0];

declare module 'ioredis' {
  interface RedisCommander<Context extends ClientContext = { type: 'default' }> {
    wrProvePlace(...args: Argument[]): Result<Reply, Context>;
  }
}

/**
 * Gives the place of an e-mail address to one of its tickets. See `prove-place.lua`.
 * @param address its keyed hash
 * @returns null when the ticket did not join with this address; else the index of the ticket that held the place
 *    before, or null in `before`: none, or the same
 */
export async function runProvePlace(
  redis: RedisClient,
  { room, index, epoch }: { room: string; index: number; epoch: number },
  address: string,
): Promise<{ before: number | null } | null> {
  const keys = roomKeys(room);
  const reply = await redis.wrProvePlace(keys.places, keys.room, index, epoch, address);
  if (reply[0] === 0) return null;
  return { before: reply[1] === 0 ? null : reply[1] };
}
