import { type NewTurnReminder, queueTurnReminders } from '@shopfast/db/mails';
import type { Gateway } from '../deps.ts';
import { keysOfLine, type Line, roomKeys } from '../lua/keys.ts';
import type { Room } from '../rooms/room.ts';
import { limitsNow } from './distance.ts';
import { MAILS_PER_MAILBOX } from './set.ts';

const BATCH_SIZE = 100;
/** The most Redis calls of one round for one line. It limits the time for a room, at 2,000 mails a second. */
const MAX_CALLS = 20;
/** Longer than Postgres may take to answer. */
const LEASE_MS = 30_000;
/** Later the turn is long over, so the mail is not sent. */
const MAX_AGE_MS = 3_600_000;

type Due = { member: string; sealed: string };

/**
 * Writes the due reminders of a room to Postgres as mails, each with its job. Redis leases each reminder to one
 * gateway, and again to another if it is not acknowledged. Postgres accepts a cause once. So each mail is sent once,
 * even when gateways die.
 */
export async function remindDue(gateway: Gateway, room: Room): Promise<void> {
  await remindLine(gateway, room, 'ordinary');
  if ((room.snapshot?.priority.issued ?? 0) > 0) await remindLine(gateway, room, 'priority');
}

async function remindLine(gateway: Gateway, room: Room, line: Line): Promise<void> {
  let done: string[] = [];
  for (let call = 0; call < MAX_CALLS; call += 1) {
    const due = await leaseDue(gateway, room, line, done);
    if (due.length === 0) return;
    const mails = due.flatMap(({ sealed }) => mailOf(gateway, room, sealed) ?? []);
    await queueTurnReminders(gateway.sql, mails);
    done = due.map(({ member }) => member);
  }
}

async function leaseDue(gateway: Gateway, room: Room, line: Line, done: string[]): Promise<Due[]> {
  const keys = roomKeys(room.id);
  const { name, gaps, seenPrefix } = keysOfLine(keys, line);
  const [code, ...given] = await gateway.redis.wrDueReminders(
    ...[keys.room, gaps, keys.called, seenPrefix, keys.reminders, keys.reminderMailboxes],
    ...[keys.undrawnReminders, keys.takenReminders, keys.reminderPrefix],
    ...[name, room.epoch, LEASE_MS, BATCH_SIZE, MAILS_PER_MAILBOX, done.length, ...done],
    ...limitsNow(room, line === 'priority' ? line : undefined).flat(),
  );
  if (code === 0) return [];
  const due: Due[] = [];
  for (let at = 0; at < given.length; at += 2)
    due.push({ member: given[at] as string, sealed: given[at + 1] as string });
  return due;
}

function mailOf(gateway: Gateway, room: Room, sealed: string): NewTurnReminder | null {
  const contents = gateway.reminders.open(sealed);
  const ticket = contents && gateway.tickets.verify(contents.ticket);
  if (!ticket) {
    gateway.log.warn(
      { room: room.id },
      'a reminder was encrypted or signed with secrets that are no longer configured',
    );
    return null;
  }
  const { email, locale } = contents;
  const mailbox = gateway.reminders.mailbox(room.id, ticket.epoch, email);
  const { publicUrl } = gateway.config;
  const now = gateway.clock.now();
  const stop = gateway.reminders.signStop({ ...ticket, mailbox });
  return {
    cause: `${room.id}:${ticket.epoch}:${ticket.id}`,
    address: email,
    locale,
    room_name: room.settings.name,
    resume_url: `${publicUrl}/w/${room.id}#resume=${contents.ticket}`,
    stop_url: `${publicUrl}/v1/rooms/${room.id}/reminder?stop=${stop}`,
    created_at: new Date(now),
    expires_at: new Date(now + MAX_AGE_MS),
  };
}
