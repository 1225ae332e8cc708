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
    /** Rooms with one place for each e-mail address: keyed hash of the address -> arrival index. */
    places: `${tag}:places`,
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
