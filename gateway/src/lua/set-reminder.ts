import type { RedisClient } from '@shopfast/kit/redis';
import type { ClientContext, Result } from 'ioredis';
import { keysOfLine, type Line, type ReminderDistance, roomKeys } from './keys.ts';
import type { Argument, Script } from './script.ts';

/** Defines `set-reminder.lua`. */
export const SET_REMINDER: Script = { name: 'set-reminder', numberOfKeys: 5 };

type Reply = [code: 1 | 2, distance: ReminderDistance] | [code: 0 | -1 | -2];

declare module 'ioredis' {
  interface RedisCommander<Context extends ClientContext = { type: 'default' }> {
    wrSetReminder(...args: Argument[]): Result<Reply, Context>;
  }
}

export type NewReminder = {
  distance: ReminderDistance;
  /** Keyed hash of the mailbox, and the most mails that it gets. */
  mailbox: string;
  mailsPerMailbox: number;
  /** The encrypted contents of the mail. */
  sealed: string;
};

export type SetReminderReply =
  /** `sent`: it is on its way or was sent, and nothing has changed. */
  | { outcome: 'set' | 'sent'; distance: ReminderDistance }
  | { outcome: 'room_unknown' | 'earlier_epoch' | 'mailbox_is_full' };

/** Sets the reminder of a waiting ticket. See `set-reminder.lua`. */
export async function runSetReminder(
  redis: RedisClient,
  { room, line, index, epoch }: { room: string; line: Line; index: number; epoch: number },
  { distance, mailbox, mailsPerMailbox, sealed }: NewReminder,
): Promise<SetReminderReply> {
  const keys = roomKeys(room);
  const reply = await redis.wrSetReminder(
    ...[keys.room, keys.reminders, keys.reminderMailboxes, keys.undrawnReminders, keys.reminderPrefix],
    ...[index, epoch, keysOfLine(keys, line).name, distance, mailbox, sealed, mailsPerMailbox],
  );
  switch (reply[0]) {
    case 1:
      return { outcome: 'set', distance: reply[1] };
    case 2:
      return { outcome: 'sent', distance: reply[1] };
    case 0:
      return { outcome: 'room_unknown' };
    case -1:
      return { outcome: 'earlier_epoch' };
    default:
      return { outcome: 'mailbox_is_full' };
  }
}
