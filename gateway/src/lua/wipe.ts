import type { RedisClient } from '@shopfast/kit/redis';
import type { ClientContext, Result } from 'ioredis';
import { REMINDER_DISTANCES, roomKeys } from './keys.ts';
import type { Argument, Script } from './script.ts';

/** Defines `wipe.lua`. */
export const WIPE: Script = { name: 'wipe', numberOfKeys: keysToWipe('', 0).length };

declare module 'ioredis' {
  interface RedisCommander<Context extends ClientContext = { type: 'default' }> {
    wrWipe(...args: Argument[]): Result<number, Context>;
  }
}

/**
 * Removes every key of a room, unless it has a later epoch. See `wipe.lua`.
 * @returns how many keys were removed
 */
export async function runWipe(
  redis: RedisClient,
  { room, lastEpoch }: { room: string; lastEpoch: number },
  nowMs: number,
): Promise<number> {
  return redis.wrWipe(...keysToWipe(room, nowMs), lastEpoch);
}

/** KEYS. The script finds the last-seen arrays by their prefix. */
function keysToWipe(room: string, nowMs: number): string[] {
  const keys = roomKeys(room);
  // Includes one half minute ahead, because another gateway's clock may be ahead of ours.
  const joins = [-1, 0, 1, 2, 3].map((back) => keys.joins(nowMs - back * 30_000));
  // Challenges live two minutes; one more half minute on each side allows for clock differences.
  const spent = [-1, 0, 1, 2, 3, 4, 5].map((ahead) => keys.spent(nowMs + ahead * 30_000));
  return [
    keys.room,
    keys.gaps,
    keys.called,
    keys.active,
    keys.tokens,
    keys.calls,
    keys.ended,
    keys.seenPrefix,
    keys.prioritySeenPrefix,
    keys.priorityGaps,
    keys.codes,
    keys.places,
    keys.reminders,
    keys.reminderMailboxes,
    keys.undrawnReminders,
    keys.takenReminders,
    keys.draw,
    keys.recalls,
    ...['', 'priority_'].flatMap((line) =>
      REMINDER_DISTANCES.map((distance) => `${keys.reminderPrefix}${line}${distance}`),
    ),
    ...joins,
    ...spent,
  ];
}
