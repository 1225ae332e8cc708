import type { RedisClient } from '@shopfast/kit/redis';
import type { ClientContext, Result } from 'ioredis';
import { roomKeys } from './keys.ts';
import type { Argument, Script } from './script.ts';

/** Defines `count-uses.lua`. */
export const COUNT_USES: Script = { name: 'count-uses', numberOfKeys: 2 };

declare module 'ioredis' {
  interface RedisCommander<Context extends ClientContext = { type: 'default' }> {
    wrCountUses(...args: Argument[]): Result<0 | 1, Context>;
  }
}

/**
 * Restores counts of code uses. See `count-uses.lua`.
 * @param uses by code; a count never decreases
 * @returns false when the room was reset since
 */
export async function runCountUses(
  redis: RedisClient,
  { room, epoch }: { room: string; epoch: number },
  uses: readonly (readonly [code: string, uses: number])[],
): Promise<boolean> {
  const keys = roomKeys(room);
  return (await redis.wrCountUses(keys.room, keys.codes, epoch, ...uses.flat())) === 1;
}
