import type { RedisClient } from '@shopfast/kit/redis';
import type { ClientContext, Result } from 'ioredis';
import { keysOfLine, type Line, roomKeys } from './keys.ts';
import type { Argument, Script } from './script.ts';

/** Defines `remove-reminder.lua`. */
export const REMOVE_REMINDER: Script = { name: 'remove-reminder', numberOfKeys: 7 };

declare module 'ioredis' {
  interface RedisCommander<Context extends ClientContext = { type: 'default' }> {
    wrRemoveReminder(...args: Argument[]): Result<[code: 0 | 1], Context>;
  }
}

/**
 * Removes a ticket's reminder. See `remove-reminder.lua`.
 * @param mailbox keyed hash of a mailbox whose owner unsubscribes from this room; default: the ticket's holder asks
 * @returns false when this Redis does not know the room
 */
export async function runRemoveReminder(
  redis: RedisClient,
  { room, line, index, epoch }: { room: string; line: Line; index: number; epoch: number },
  mailbox = '',
): Promise<boolean> {
  const keys = roomKeys(room);
  const { name, seenPrefix } = keysOfLine(keys, line);
  const [code] = await redis.wrRemoveReminder(
    ...[keys.room, seenPrefix, keys.reminders, keys.reminderMailboxes],
    ...[keys.undrawnReminders, keys.reminderPrefix, keys.takenReminders],
    ...[index, epoch, name, mailbox],
  );
  return code === 1;
}
