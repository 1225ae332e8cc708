import { runRemoveReminder } from '../lua/remove-reminder.ts';
import type { Ticket } from '../tickets/ticket.ts';
import type { ReminderDeps } from './deps.ts';

type ReminderOwner = Pick<Ticket, 'room' | 'epoch' | 'index' | 'line'> & {
  /** The keyed hash of a mailbox whose owner unsubscribes from this room; absent: the ticket's holder asks. */
  mailbox?: string;
};

/**
 * Removes a ticket's reminder, if there is one. A mail that is already on its way still arrives. One Redis call.
 * @throws Problem unavailable
 */
export async function removeReminder(deps: ReminderDeps, whose: ReminderOwner): Promise<void> {
  const { room, line = 'ordinary', index, epoch, mailbox } = whose;
  const isKnown = await runRemoveReminder(deps.redis, { room, line, index, epoch }, mailbox);
  if (!isKnown) throw deps.rooms.reportMissing(room);
}
