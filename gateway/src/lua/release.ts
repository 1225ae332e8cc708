import type { RedisClient } from '@shopfast/kit/redis';
import type { ClientContext, Result } from 'ioredis';
import { roomKeys } from './keys.ts';
import type { Argument, Script } from './script.ts';

/** Defines `release.lua`. */
export const RELEASE: Script = { name: 'release', numberOfKeys: 4 };

declare module 'ioredis' {
  interface RedisCommander<Context extends ClientContext = { type: 'default' }> {
    wrRelease(...args: Argument[]): Result<0 | 1, Context>;
  }
}

/**
 * Frees the active slot of a token. See `release.lua`.
 * @returns whether there was such a slot
 */
export async function runRelease(
  redis: RedisClient,
  { room, jti }: { room: string; jti: string },
  outcome: 'completed' | 'revoked',
): Promise<boolean> {
  const { called, active, tokens, ended } = roomKeys(room);
  return (await redis.wrRelease(called, active, tokens, ended, jti, outcome)) === 1;
}
