import type { ReminderAnswer, ReminderRequest } from '@shopfast/kit/contracts/api';
import { Problem } from '@shopfast/kit/errors';
import { runSetReminder } from '../lua/set-reminder.ts';
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
  const { index, epoch, line = 'ordinary' } = ticket;
  const reply = await runSetReminder(
    deps.redis,
    { room: room.id, line, index, epoch },
    {
      distance: distanceFor(request),
      mailbox: deps.reminders.mailbox(room.id, epoch, email),
      mailsPerMailbox: MAILS_PER_MAILBOX,
      sealed: deps.reminders.seal({ email, locale, ticket: deps.tickets.sign(ticket) }),
    },
  );
  switch (reply.outcome) {
    case 'set':
    case 'sent':
      return { state: reply.outcome, ...timeOf(reply.distance) };
    case 'room_unknown':
      throw deps.rooms.reportMissing(room.id);
    case 'earlier_epoch':
      throw new Problem('ticket_expired');
    case 'mailbox_is_full':
      throw new Problem('reminder_refused');
  }
}
