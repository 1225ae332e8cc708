import { REMIND_AHEAD, REMIND_MINUTES } from '@shopfast/kit/contracts/api';

/** How near a turn may be when its reminder goes out, as the scripts know it: `a100`, a hundred ahead; `m5`, five minutes. */
export type ReminderDistance = `a${(typeof REMIND_AHEAD)[number]}` | `m${(typeof REMIND_MINUTES)[number]}`;
export const REMINDER_DISTANCES: readonly ReminderDistance[] = [
  ...REMIND_AHEAD.map((ahead) => `a${ahead}` as const),
  ...REMIND_MINUTES.map((minutes) => `m${minutes}` as const),
];

/** Every Redis key of a room, all under one hash tag, so that one script may touch them in a Cluster. */
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
    /** Of a lottery: the words of its draw, see `lottery/table.ts`. `number.part.lua` makes this name from that of `room`. */
    draw: `${tag}:draw`,
    /** Tickets whose call Redis lost, by number: called again by the next ticks. `uncertain-numbers.part.lua` makes this name. */
    recalls: `${tag}:recalls`,
    /** Rooms with one place for each e-mail address: keyed hash of the address -> arrival index. */
    places: `${tag}:places`,
    seenPrefix: `${tag}:seen:`,
    priorityGaps: `${tag}:priority:gaps`,
    prioritySeenPrefix: `${tag}:priority:seen:`,
    /** Code id -> uses so far. */
    codes: `${tag}:codes`,
    /** Ticket -> its reminder; see `reminder.part.lua`. */
    reminders: `${tag}:reminders`,
    /** Keyed hash of a mailbox -> how many reminders it was sent, or -1: it wants none. */
    reminderMailboxes: `${tag}:reminders:mailboxes`,
    /** Reminders of tickets whose number is still to be drawn, by arrival index. */
    undrawnReminders: `${tag}:reminders:undrawn`,
    /** Reminders that a gateway has in hand, until when. */
    takenReminders: `${tag}:reminders:taken`,
    /** One sorted set for each line and distance: arrival index by number. */
    reminderPrefix: `${tag}:reminders:at:`,
    /** Operation ids of joins, one hash for every half minute. */
    joins: (nowMs: number) => `${tag}:joins:${Math.floor(nowMs / 30_000)}`,
    /** Challenges that were spent, one hash for those that end in the same half minute. */
    spent: (endsMs: number) => `${tag}:spent:${Math.floor(endsMs / 30_000)}`,
  };
}

/** The keys that `wipe.lua` removes, in its order; it finds the last-seen arrays by their prefix. */
export function keysToWipe(room: string, nowMs: number): string[] {
  const keys = roomKeys(room);
  // One half minute ahead as well: another gateway's clock may be before ours.
  const joins = [-1, 0, 1, 2, 3].map((back) => keys.joins(nowMs - back * 30_000));
  // Challenges live two minutes; one more half minute on each side for clocks that differ.
  const spent = [-1, 0, 1, 2, 3, 4, 5].map((ahead) => keys.spent(nowMs + ahead * 30_000));
  return [
    keys.room,
    keys.gaps,
    keys.called,
    keys.active,
    keys.tokens,
    keys.calls,
    keys.ended,
    keys.seenPrefix,
    keys.prioritySeenPrefix,
    keys.priorityGaps,
    keys.codes,
    keys.places,
    keys.reminders,
    keys.reminderMailboxes,
    keys.undrawnReminders,
    keys.takenReminders,
    keys.draw,
    keys.recalls,
    ...['', 'priority_'].flatMap((line) =>
      REMINDER_DISTANCES.map((distance) => `${keys.reminderPrefix}${line}${distance}`),
    ),
    ...joins,
    ...spent,
  ];
}

/** A room has two lines; holders of priority codes stand in the second. */
export type Line = 'ordinary' | 'priority';

/** What a line has of its own, and its name as the scripts know it. */
export function keysOfLine(keys: RoomKeys, line: Line): { name: string; gaps: string; seenPrefix: string } {
  return line === 'ordinary'
    ? { name: '', gaps: keys.gaps, seenPrefix: keys.seenPrefix }
    : { name: 'priority_', gaps: keys.priorityGaps, seenPrefix: keys.prioritySeenPrefix };
}
