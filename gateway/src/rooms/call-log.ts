import type { RoomCalls } from '@shopfast/db/schema/gateway';
import { type CallEntry, textOf } from '../lua/call-entries.ts';
import type { KnownCalls } from '../lua/configure.ts';

/** How far the lines were at a time (Redis's clock, ms). */
type CallPoint = { at: number; serving: number; priority: number };

/**
 * A gateway's copy of a room's last calls, for a Redis that loses its log. It has all entries of the last 60 s,
 * complete until the last reply, and the progress of the lines for as long as a call can be claimed.
 */
export type CallLog = {
  /** Changes after a loss. */
  id: number;
  entries: readonly CallEntry[];
  points: readonly CallPoint[];
  /** The steady clock and Redis's own in the last reply, ms. */
  steadyAt: number;
  redisAt: number;
  /** When that reply was requested, ms by `performance.now()`: at least this much time has passed since. */
  askedAt: number;
};

/** What one step reported. */
export type CallNews = Pick<CallLog, 'id' | 'steadyAt' | 'redisAt' | 'askedAt' | 'entries'> & {
  serving: number;
  priority: number;
  /** The lines before the step. */
  before: { serving: number; priority: number };
};

const WINDOW_MS = 60_000;
/** With fewer points, a call only seems older. */
const MAX_POINTS = 200;

/** @param claimMs how long a call can be claimed: points are kept that long */
export function callLogAfter(known: CallLog | null, news: CallNews, claimMs: number): CallLog {
  const { id, steadyAt, redisAt, askedAt } = news;
  const before = known && known.id === id ? known.entries : [];
  const entries = [...before, ...news.entries].filter(({ at }) => at >= steadyAt - WINDOW_MS);
  return { id, steadyAt, redisAt, askedAt, entries, points: pointsAfter(known?.points ?? [], news, claimMs) };
}

/** Entries that this gateway has, and that are missing in a new log which replaced the old one. */
export function missingFrom(known: CallLog | null, news: CallNews): CallEntry[] {
  if (!known || known.id === news.id) return [];
  const there = new Set(news.entries.map(textOf));
  return known.entries.filter((entry) => entry.at >= news.steadyAt - WINDOW_MS && !there.has(textOf(entry)));
}

function pointsAfter(points: readonly CallPoint[], news: CallNews, claimMs: number): CallPoint[] {
  const { redisAt: at, serving, priority, before } = news;
  const recent = points.filter((point) => point.at >= at - claimMs);
  const kept = recent.length < MAX_POINTS ? recent : recent.filter((_, nth) => nth % 2 === 1);
  return withPoint(withPoint(kept, { at, ...before }), { at, serving, priority });
}

/** For a line that has not moved, only the time is updated. */
function withPoint(points: CallPoint[], point: CallPoint): CallPoint[] {
  const last = points.at(-1);
  const isSame = last?.serving === point.serving && last.priority === point.priority;
  return [...(isSame ? points.slice(0, -1) : points), point];
}

export const latestOf = (log: CallLog): number => log.entries.at(-1)?.at ?? -1;

type Stored = {
  id: number;
  steady_at: number;
  entries: [number, number][];
  points: [number, number, number][];
};

/** The entries of a second are saved as one, with its last time, so that none counts for less than a minute. */
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

/** @param nowMs the time since it was saved is measured by the gateways' clocks */
export function fromStored({ known_at, log }: RoomCalls, nowMs: number): CallLog {
  // Only `toStored` writes this column.
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

/** Of the logs in this process and in Postgres, the one that is complete for longer, with the points of both. */
export function laterLog(one: CallLog | null, other: CallLog | null): CallLog | null {
  if (!one || !other) return one ?? other;
  const later = one.redisAt >= other.redisAt ? one : other;
  const points = [...one.points, ...other.points].toSorted((a, b) => a.at - b.at);
  return { ...later, points };
}

/**
 * The known calls of a room that Redis has lost. Credit may have grown since the last reply for the time that has
 * passed, and before it for two ticks.
 */
export function knownCallsOf(log: CallLog, tickMs: number): KnownCalls {
  const { entries, points, steadyAt, redisAt, askedAt } = log;
  const sinceMs = Math.ceil(performance.now() - askedAt) + 2 * tickMs;
  return { entries, points, steadyAt, sinceMs, redisAt: redisAt - 2 * tickMs };
}
