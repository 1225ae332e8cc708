import type { RoomCalls } from '@shopfast/db/schema/gateway';

/** Calls that one step of admission made, by the steady clock of `tick.lua`, ms. */
export type CallEntry = { at: number; count: number };

/** At a time (Redis's clock, ms) the lines had come as far as this. */
type CallPoint = { at: number; serving: number; priority: number };

/**
 * What a gateway remembers of a room's last calls, for a Redis that loses its log: all entries of the last 60 s, complete
 * until its last answer, and how far the lines had come when, for as long as a call can be claimed.
 */
export type CallLog = {
  /** Another one after a loss. */
  id: number;
  entries: readonly CallEntry[];
  points: readonly CallPoint[];
  /** The steady clock and Redis's own in the last answer, ms. */
  steadyAt: number;
  redisAt: number;
  /** When that was asked for, ms by `performance.now()`: what has passed since is no less. */
  askedAt: number;
};

/** What one step told. */
export type CallNews = Pick<CallLog, 'id' | 'steadyAt' | 'redisAt' | 'askedAt' | 'entries'> & {
  serving: number;
  priority: number;
  /** How the lines stood before the step. */
  before: { serving: number; priority: number };
};

const WINDOW_MS = 60_000;
/** Fewer points only make a call seem older. */
const MOST_POINTS = 200;

/** @param claimMs how long a call can be claimed: points are kept as long */
export function callLogAfter(known: CallLog | null, news: CallNews, claimMs: number): CallLog {
  const { id, steadyAt, redisAt, askedAt } = news;
  const before = known && known.id === id ? known.entries : [];
  const entries = [...before, ...news.entries].filter(({ at }) => at >= steadyAt - WINDOW_MS);
  return { id, steadyAt, redisAt, askedAt, entries, points: pointsAfter(known?.points ?? [], news, claimMs) };
}

/** Entries that are known here and that another log, which came in its place, has not. */
export function missingFrom(known: CallLog | null, news: CallNews): CallEntry[] {
  if (!known || known.id === news.id) return [];
  const there = new Set(news.entries.map(textOf));
  return known.entries.filter((entry) => entry.at >= news.steadyAt - WINDOW_MS && !there.has(textOf(entry)));
}

function pointsAfter(points: readonly CallPoint[], news: CallNews, claimMs: number): CallPoint[] {
  const { redisAt: at, serving, priority, before } = news;
  const recent = points.filter((point) => point.at >= at - claimMs);
  const kept = recent.length < MOST_POINTS ? recent : recent.filter((_, nth) => nth % 2 === 1);
  return withPoint(withPoint(kept, { at, ...before }), { at, serving, priority });
}

/** A line that has not moved on is where it was, later. */
function withPoint(points: CallPoint[], point: CallPoint): CallPoint[] {
  const last = points.at(-1);
  const isSame = last?.serving === point.serving && last.priority === point.priority;
  return [...(isSame ? points.slice(0, -1) : points), point];
}

export const textOf = ({ at, count }: CallEntry): string => `${at}:${count}`;

/** How the scripts read a list of entries. */
export const textOfAll = (entries: readonly CallEntry[]): string => entries.map(textOf).join(' ');

export const textOfPoints = (points: readonly CallPoint[], line: 'serving' | 'priority'): string =>
  points.map((point) => `${point.at}:${point[line]}`).join(' ');

export const latestOf = (log: CallLog): number => log.entries.at(-1)?.at ?? -1;

type Stored = {
  id: number;
  steady_at: number;
  entries: [number, number][];
  points: [number, number, number][];
};

/** A second of entries is saved as one, of its last moment: it counts no shorter for that. */
export function toStored(log: CallLog): Stored {
  const seconds = new Map<number, [at: number, count: number]>();
  for (const { at, count } of log.entries) {
    const second = Math.floor(at / 1_000);
    seconds.set(second, [at, count + (seconds.get(second)?.[1] ?? 0)]);
  }
  const points = log.points.map(({ at, serving, priority }): [number, number, number] => [
    at,
    serving,
    priority,
  ]);
  return { id: log.id, steady_at: log.steadyAt, entries: [...seconds.values()], points };
}

/** @param nowMs what has passed since it was saved is told by the gateways' clocks */
export function fromStored({ known_at, log }: RoomCalls, nowMs: number): CallLog {
  const { id, steady_at, entries, points } = log as Stored;
  return {
    id,
    steadyAt: steady_at,
    redisAt: known_at,
    askedAt: performance.now() - Math.max(0, nowMs - known_at),
    entries: entries.map(([at, count]) => ({ at, count })),
    points: points.map(([at, serving, priority]) => ({ at, serving, priority })),
  };
}

/** Of what this process and Postgres know, the log that is complete for longer, with the points of both. */
export function laterLog(one: CallLog | null, other: CallLog | null): CallLog | null {
  if (!one || !other) return one ?? other;
  const later = one.redisAt >= other.redisAt ? one : other;
  const points = [...one.points, ...other.points].toSorted((a, b) => a.at - b.at);
  return { ...later, points };
}

/**
 * Arguments 25 to 30 of `configure.lua`. Since the last answer credit may have grown for as long as has passed, and before
 * it for two ticks.
 */
export function callArguments(log: CallLog | null, tickMs: number) {
  if (!log) return ['', '', 0, 0, '', ''] as const;
  const sinceMs = Math.ceil(performance.now() - log.askedAt) + 2 * tickMs;
  return [
    textOfAll(log.entries),
    log.steadyAt,
    sinceMs,
    log.redisAt - 2 * tickMs,
    textOfPoints(log.points, 'serving'),
    textOfPoints(log.points, 'priority'),
  ] as const;
}
