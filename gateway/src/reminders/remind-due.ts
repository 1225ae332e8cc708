import { type NewTurnReminder, queueTurnReminders } from '@shopfast/db/mails';
import { runDueReminders } from '../lua/due-reminders.ts';
import type { Line } from '../lua/keys.ts';
import type { Room } from '../rooms/room.ts';
import type { ReminderDeps } from './deps.ts';
import { limitsNow } from './distance.ts';
import { MAILS_PER_MAILBOX } from './set.ts';

const BATCH_SIZE = 100;
/** The most Redis calls of one round for one line. It limits the time for a room, at 2,000 mails a second. */
const MAX_CALLS = 20;
/** Longer than Postgres may take to answer. */
const LEASE_MS = 30_000;
/** Later the turn is long over, so the mail is not sent. */
const MAX_AGE_MS = 3_600_000;

/**
 * Writes the due reminders of a room to Postgres as mails, each with its job. Redis leases each reminder to one
 * gateway, and again to another if it is not acknowledged. Postgres accepts a cause once. So each mail is sent once,
 * even when gateways die.
 */
export async function remindDue(deps: ReminderDeps, room: Room): Promise<void> {
  await remindLine(deps, room, 'ordinary');
  if ((room.snapshot?.priority.issued ?? 0) > 0) await remindLine(deps, room, 'priority');
}

async function remindLine(deps: ReminderDeps, room: Room, line: Line): Promise<void> {
  let done: string[] = [];
  for (let call = 0; call < MAX_CALLS; call += 1) {
    const due = await runDueReminders(
      deps.redis,
      { room: room.id, line, epoch: room.epoch },
      {
        leaseMs: LEASE_MS,
        limit: BATCH_SIZE,
        mailsPerMailbox: MAILS_PER_MAILBOX,
        acknowledged: done,
        distances: limitsNow(room, line === 'priority' ? line : undefined),
      },
    );
    if (!due || due.length === 0) return;
    const mails = due.flatMap(({ sealed }) => mailOf(deps, room, sealed) ?? []);
    await queueTurnReminders(deps.sql, mails);
    done = due.map(({ ticket }) => ticket);
  }
}

function mailOf(deps: ReminderDeps, room: Room, sealed: string): NewTurnReminder | null {
  const contents = deps.reminders.open(sealed);
  const ticket = contents && deps.tickets.verify(contents.ticket);
  if (!ticket) {
    deps.log.warn(
      { room: room.id },
      'a reminder was encrypted or signed with secrets that are no longer configured',
    );
    return null;
  }
  const { email, locale } = contents;
  const mailbox = deps.reminders.mailbox(room.id, ticket.epoch, email);
  const { publicUrl } = deps.config;
  const now = deps.clock.now();
  const stop = deps.reminders.signStop({ ...ticket, mailbox });
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
