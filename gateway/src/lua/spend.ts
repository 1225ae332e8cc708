import type { RedisClient } from '@shopfast/kit/redis';
import type { ClientContext, Result } from 'ioredis';
import { roomKeys } from './keys.ts';
import type { Argument, Script } from './script.ts';

/** Defines `spend.lua`. */
export const SPEND: Script = { name: 'spend', numberOfKeys: 2 };

declare module 'ioredis' {
  interface RedisCommander<Context extends ClientContext = { type: 'default' }> {
    wrSpend(...args: Argument[]): Result<1 | 0 | -1 | -2, Context>;
  }
}

/** A solved challenge. `operation`: the same one sent twice counts once. */
export type Spending = { id: string; operation: string; endsMs: number; epoch: number };

/** Spends a solved challenge: only the first request may pass. See `spend.lua`. */
export async function runSpend(
  redis: RedisClient,
  room: string,
  { id, operation, endsMs, epoch }: Spending,
): Promise<'spent' | 'room_unknown' | 'spent_before' | 'expired'> {
  const keys = roomKeys(room);
  switch (await redis.wrSpend(keys.room, keys.spent(endsMs), id, operation, endsMs, epoch)) {
    case 1:
      return 'spent';
    case 0:
      return 'room_unknown';
    case -1:
      return 'spent_before';
    default:
      return 'expired';
  }
}
