/** Every Redis key of a room, all under one hash tag, so that one script may touch them in a Cluster. */
export type RoomKeys = ReturnType<typeof roomKeys>;

/** Tickets per last-seen array; the same number stands in `seen.part.lua`. */
export const SEEN_ARRAY = 16_384;

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
    seenPrefix: `${tag}:seen:`,
    priorityGaps: `${tag}:priority:gaps`,
    prioritySeenPrefix: `${tag}:priority:seen:`,
    /** Code id -> uses so far. */
    codes: `${tag}:codes`,
    /** Operation ids of joins, one hash for every half minute. */
    joins: (nowMs: number) => `${tag}:joins:${Math.floor(nowMs / 30_000)}`,
    /** Challenges that were spent, one hash for those that end in the same half minute. */
    spent: (endsMs: number) => `${tag}:spent:${Math.floor(endsMs / 30_000)}`,
  };
}

/** All keys that a room may hold when its lines have given so many numbers; for reset and delete. */
export function allKeys(room: string, issued: number, nowMs: number, priorityIssued = 0): string[] {
  const keys = roomKeys(room);
  const arrays = [
    ...seenArrays(keys.seenPrefix, issued),
    ...seenArrays(keys.prioritySeenPrefix, priorityIssued),
  ];
  const joins = [0, 1, 2, 3].map((back) => keys.joins(nowMs - back * 30_000));
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
    keys.priorityGaps,
    keys.codes,
    ...arrays,
    ...joins,
    ...spent,
  ];
}

const seenArrays = (prefix: string, issued: number): string[] =>
  Array.from({ length: Math.floor(issued / SEEN_ARRAY) + 1 }, (_, array) => `${prefix}${array}`);

/** A room has two lines; holders of priority codes stand in the second. */
export type Line = 'ordinary' | 'priority';

/** What a line has of its own, and its name as the scripts know it. */
export function keysOfLine(keys: RoomKeys, line: Line): { name: string; gaps: string; seenPrefix: string } {
  return line === 'ordinary'
    ? { name: '', gaps: keys.gaps, seenPrefix: keys.seenPrefix }
    : { name: 'priority_', gaps: keys.priorityGaps, seenPrefix: keys.prioritySeenPrefix };
}
