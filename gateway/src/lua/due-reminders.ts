import type { RedisClient } from '@shopfast/kit/redis';
import type { ClientContext, Result } from 'ioredis';
import { keysOfLine, type Line, type ReminderDistance, roomKeys } from './keys.ts';
import { type Argument, type Script, textAt } from './script.ts';

/** Defines `due-reminders.lua`. */
export const DUE_REMINDERS: Script = { name: 'due-reminders', numberOfKeys: 9 };

type Reply = [code: 0] | [code: 1, ...reminders: string[]];

declare module 'ioredis' {
  interface RedisCommander<Context extends ClientContext = { type: 'default' }> {
    wrDueReminders(...args: Argument[]): Result<Reply, Context>;
  }
}

export type DueReminder = { ticket: string; sealed: string };

export type LeaseArguments = {
  leaseMs: number;
  /** The most reminders at once. */
  limit: number;
  mailsPerMailbox: number;
  /** Tickets whose reminders Postgres has. */
  acknowledged: readonly string[];
  /** For each distance, how many live tickets may be ahead of a due one. */
  distances: readonly (readonly [ReminderDistance, ahead: number])[];
};

/**
 * Leases the due reminders of one line. See `due-reminders.lua`.
 * @returns null when this Redis does not know the room in this epoch
 */
export async function runDueReminders(
  redis: RedisClient,
  { room, line, epoch }: { room: string; line: Line; epoch: number },
  { leaseMs, limit, mailsPerMailbox, acknowledged, distances }: LeaseArguments,
): Promise<DueReminder[] | null> {
  const keys = roomKeys(room);
  const { name, gaps, seenPrefix } = keysOfLine(keys, line);
  const reply = await redis.wrDueReminders(
    ...[keys.room, gaps, keys.called, seenPrefix, keys.reminders, keys.reminderMailboxes],
    ...[keys.undrawnReminders, keys.takenReminders, keys.reminderPrefix],
    ...[name, epoch, leaseMs, limit, mailsPerMailbox, acknowledged.length, ...acknowledged],
    ...distances.flat(),
  );
  if (reply[0] === 0) return null;
  const due: DueReminder[] = [];
  for (let at = 1; at < reply.length; at += 2)
    due.push({ ticket: textAt(reply, at), sealed: textAt(reply, at + 1) });
  return due;
}
