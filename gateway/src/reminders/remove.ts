import type { Gateway } from '../deps.ts';
import { keysOfLine, roomKeys } from '../lua/keys.ts';
import type { Ticket } from '../tickets/ticket.ts';

type Whose = Pick<Ticket, 'room' | 'epoch' | 'index' | 'line'> & {
  /** The keyed hash of the mailbox whose owner asks, and wants no further such mails of this room; absent: the ticket's holder asks. */
  mailbox?: string;
};

/**
 * Takes a ticket's reminder away, whether it was there or not. A mail that is on its way already comes. One Redis call.
 * @throws Problem unavailable
 */
export async function removeReminder(gateway: Gateway, whose: Whose): Promise<void> {
  const keys = roomKeys(whose.room);
  const { name, seenPrefix } = keysOfLine(keys, whose.line ?? 'ordinary');
  const [code] = await gateway.redis.wrRemoveReminder(
    ...[keys.room, seenPrefix, keys.reminders, keys.reminderMailboxes],
    ...[keys.undrawnReminders, keys.reminderPrefix, keys.takenReminders],
    ...[whose.index, whose.epoch, name, whose.mailbox ?? ''],
  );
  if (code === 0) throw gateway.rooms.reportMissing(whose.room);
}
