import type { RedisClient } from '@shopfast/kit/redis';
import type { ClientContext, Result } from 'ioredis';
import { roomKeys } from './keys.ts';
import type { Argument, Script } from './script.ts';

/** Defines `stock.lua`. */
export const STOCK: Script = { name: 'stock', numberOfKeys: 1 };

declare module 'ioredis' {
  interface RedisCommander<Context extends ClientContext = { type: 'default' }> {
    wrStock(...args: Argument[]): Result<1 | 0 | -1, Context>;
  }
}

/** The shop's figures; `version`: null when it does not number them. */
export type StockFigures = { remaining: number; held: number; sold: number; version: number | null };

/** Stores the shop's stock figures. `stale`: a newer figure is known. See `stock.lua`. */
export async function runStock(
  redis: RedisClient,
  room: string,
  { remaining, held, sold, version }: StockFigures,
): Promise<'stored' | 'room_unknown' | 'stale'> {
  const code = await redis.wrStock(roomKeys(room).room, remaining, held, sold, version ?? '');
  if (code === 1) return 'stored';
  return code === 0 ? 'room_unknown' : 'stale';
}
