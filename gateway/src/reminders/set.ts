import type { ReminderAnswer, ReminderRequest } from '@shopfast/kit/contracts/api';
import { Problem } from '@shopfast/kit/errors';
import { keysOfLine, type ReminderDistance, roomKeys } from '../lua/keys.ts';
import type { Room } from '../rooms/room.ts';
import { getTicketStatus } from '../tickets/get-ticket-status.ts';
import type { Ticket } from '../tickets/ticket.ts';
import type { ReminderDeps } from './deps.ts';
import { distanceFor, timeOf } from './distance.ts';

/** The most reminders to one mailbox from a room between two resets, because the requester may not be its owner. */
export const MAILS_PER_MAILBOX = 3;

/**
 * Sets the reminder of a waiting ticket. A ticket has one reminder: a later request replaces it, until it was sent. Two
 * Redis calls.
 * @throws Problem ticket_expired, not_waiting, reminder_refused, unavailable
 */
export async function setReminder(
  deps: ReminderDeps,
  room: Room,
  ticket: Ticket,
  request: ReminderRequest,
): Promise<ReminderAnswer> {
  const ticketStatus = await getTicketStatus(deps, room, ticket);
  if (ticketStatus.state !== 'lobby' && ticketStatus.state !== 'waiting') throw new Problem('not_waiting');
  const { email, locale = null } = request;
  const keys = roomKeys(room.id);
  const [code, distance] = await deps.redis.wrSetReminder(
    ...[keys.room, keys.reminders, keys.reminderMailboxes, keys.undrawnReminders, keys.reminderPrefix],
    ...[ticket.index, ticket.epoch, keysOfLine(keys, ticket.line ?? 'ordinary').name],
    distanceFor(request),
    deps.reminders.mailbox(room.id, ticket.epoch, email),
    deps.reminders.seal({ email, locale, ticket: deps.tickets.sign(ticket) }),
    MAILS_PER_MAILBOX,
  );
  if (code === 0) throw deps.rooms.reportMissing(room.id);
  if (code === -1) throw new Problem('ticket_expired');
  if (code === -2) throw new Problem('reminder_refused');
  return { state: code === 1 ? 'set' : 'sent', ...timeOf(distance as ReminderDistance) };
}
