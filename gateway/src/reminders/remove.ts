import { keysOfLine, roomKeys } from '../lua/keys.ts';
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
  const keys = roomKeys(whose.room);
  const { name, seenPrefix } = keysOfLine(keys, whose.line ?? 'ordinary');
  const [code] = await deps.redis.wrRemoveReminder(
    ...[keys.room, seenPrefix, keys.reminders, keys.reminderMailboxes],
    ...[keys.undrawnReminders, keys.reminderPrefix, keys.takenReminders],
    ...[whose.index, whose.epoch, name, whose.mailbox ?? ''],
  );
  if (code === 0) throw deps.rooms.reportMissing(whose.room);
}
