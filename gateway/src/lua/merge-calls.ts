import type { RedisClient } from '@shopfast/kit/redis';
import type { ClientContext, Result } from 'ioredis';
import { type CallEntry, textOfAll } from './call-entries.ts';
import { roomKeys } from './keys.ts';
import type { Argument, Script } from './script.ts';

/** Defines `merge-calls.lua`. */
export const MERGE_CALLS: Script = { name: 'merge-calls', numberOfKeys: 2 };

declare module 'ioredis' {
  interface RedisCommander<Context extends ClientContext = { type: 'default' }> {
    wrMergeCalls(...args: Argument[]): Result<number, Context>;
  }
}

/**
 * Adds calls that Redis lost to its log. See `merge-calls.lua`.
 * @param log id and steady clock of the log, as the gateway knows them
 * @returns the number of calls that were added
 */
export async function runMergeCalls(
  redis: RedisClient,
  { room, epoch }: { room: string; epoch: number },
  log: { id: number; steadyAt: number; entries: readonly CallEntry[] },
): Promise<number> {
  const keys = roomKeys(room);
  return redis.wrMergeCalls(keys.room, keys.calls, epoch, log.id, textOfAll(log.entries), log.steadyAt);
}
