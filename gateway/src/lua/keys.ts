import { REMIND_AHEAD, REMIND_MINUTES } from '@shopfast/kit/contracts/api';

/** Names of reminder distances in the scripts: `a100`, a hundred tickets ahead; `m5`, five minutes. */
export type ReminderDistance = `a${(typeof REMIND_AHEAD)[number]}` | `m${(typeof REMIND_MINUTES)[number]}`;
export const REMINDER_DISTANCES: readonly ReminderDistance[] = [
  ...REMIND_AHEAD.map((ahead) => `a${ahead}` as const),
  ...REMIND_MINUTES.map((minutes) => `m${minutes}` as const),
];

/** Every Redis key of a room, all with one hash tag, so that one script may use them in a Cluster. */
export type RoomKeys = ReturnType<typeof roomKeys>;

export function roomKeys(room: string) {
  const tag = `wr:{${room}}`;
  return {
    room: `${tag}:room`,
    gaps: `${tag}:gaps`,
    called: `${tag}:called`,
    active: `${tag}:active`,
    tokens: `${tag}:tokens`,
    calls: `${tag}:calls`,
    ended: `${tag}:ended`,
    /**
     * For a lottery: the words of its draw, see `lottery/table.ts`. `number.part.lua` derives this name from that of
     * `room`.
     */
    draw: `${tag}:draw`,
    /**
     * Tickets whose call Redis lost, by number; the next ticks call them again. `uncertain-numbers.part.lua` derives
     * this name.
     */
    recalls: `${tag}:recalls`,
    /** For rooms with one place per e-mail address: keyed hash of the address -> arrival index. */
    places: `${tag}:places`,
    seenPrefix: `${tag}:seen:`,
    priorityGaps: `${tag}:priority:gaps`,
    prioritySeenPrefix: `${tag}:priority:seen:`,
    /** Code id -> uses so far. */
    codes: `${tag}:codes`,
    /** Ticket -> its reminder; see `reminder.part.lua`. */
    reminders: `${tag}:reminders`,
    /** Keyed hash of a mailbox -> how many reminders it was sent, or -1: it has unsubscribed. */
    reminderMailboxes: `${tag}:reminders:mailboxes`,
    /** Reminders of tickets whose number is not drawn yet, by arrival index. */
    undrawnReminders: `${tag}:reminders:undrawn`,
    /** Reminders leased by a gateway, by the end of the lease. */
    takenReminders: `${tag}:reminders:taken`,
    /** One sorted set for each line and distance: arrival index by number. */
    reminderPrefix: `${tag}:reminders:at:`,
    /** Operation ids of joins, one hash for every half minute. */
    joins: (nowMs: number) => `${tag}:joins:${Math.floor(nowMs / 30_000)}`,
    /** Challenges that were spent, one hash for those that expire in the same half minute. */
    spent: (endsMs: number) => `${tag}:spent:${Math.floor(endsMs / 30_000)}`,
  };
}

/** A room has two lines; holders of priority codes wait in the second. */
export type Line = 'ordinary' | 'priority';

/** The keys of a line, and its name in the scripts. */
export function keysOfLine(keys: RoomKeys, line: Line): { name: string; gaps: string; seenPrefix: string } {
  return line === 'ordinary'
    ? { name: '', gaps: keys.gaps, seenPrefix: keys.seenPrefix }
    : { name: 'priority_', gaps: keys.priorityGaps, seenPrefix: keys.prioritySeenPrefix };
}
