import type { RedisClient } from '@shopfast/kit/redis';
import type { ClientContext, Result } from 'ioredis';
import { roomKeys } from './keys.ts';
import type { Argument, Script } from './script.ts';

/** Defines `place-claim.lua`. */
export const PLACE_CLAIM: Script = { name: 'place-claim', numberOfKeys: 5 };

declare module 'ioredis' {
  interface RedisCommander<Context extends ClientContext = { type: 'default' }> {
    wrPlaceClaim(...args: Argument[]): Result<0 | 1, Context>;
  }
}

/** Whether a ticket of a room with one place per e-mail address may claim. See `place-claim.lua`. */
export async function runPlaceClaim(
  redis: RedisClient,
  { room, index, epoch }: { room: string; index: number; epoch: number },
): Promise<boolean> {
  const keys = roomKeys(room);
  const { places, called, gaps, seenPrefix } = keys;
  return (await redis.wrPlaceClaim(places, called, keys.room, gaps, seenPrefix, index, epoch)) === 1;
}
