import type { RoomStats } from '../documents.ts';
import { totalWaiting } from './history.ts';

/** What an operator may turn to let more or fewer people in. */
export type Limits = { rate: number; maxActive: number };

export type Effect = {
  /** What holds calls back while people wait. stock: no more may be active than the remaining units can serve. */
  heldBy: 'rate' | 'slots' | 'stock';
  /** Calls a minute that come of it, once free slots are used up. */
  callsPerMinute: number;
  /** Until everybody who waits now has been called or has dropped out, s; null: cannot be foreseen. */
  emptySeconds: number | null;
  /** Active slots that this rate takes, at the time that a slot is held now; null: not measured yet. */
  slotsNeeded: number | null;
  /** Until as many people are called as units remain, s: the stock can be gone then, and not before. */
  stockSeconds: number | null;
  /** People more (or, below zero, fewer) in line each minute, should as many join as in the last one. */
  growthPerMinute: number | null;
};

/**
 * What a rate and a cap would do, from what is measured now: calls follow the rate, or slots coming free, whichever is
 * slower; how fast slots come free is the cap over the time that one is held (Little's law).
 * @param stockFactor active may not exceed remaining × this
 * @param joinsPerMinute of the last minute; null: not known
 */
export function effectOf(
  stats: RoomStats,
  { rate, maxActive }: Limits,
  stockFactor: number,
  joinsPerMinute: number | null,
): Effect | null {
  const { pace, remaining, active } = stats;
  const byStock = remaining === null ? Number.POSITIVE_INFINITY : Math.floor(remaining * stockFactor);
  const cap = Math.min(maxActive, byStock);
  const capNow = Math.min(stats.max_active, byStock);
  const growth = (calls: number) => (joinsPerMinute === null ? null : joinsPerMinute - calls);
  if (cap <= 0)
    return {
      ...{ heldBy: 'stock', callsPerMinute: 0, emptySeconds: null, slotsNeeded: null, stockSeconds: 0 },
      growthPerMinute: growth(0),
    };
  if (!pace || pace.slots_freed_per_minute <= 0) return null;

  // A rate that was not reached with slots free (too few gateways, a slow Redis) will not be reached by raising it.
  const reached = Math.min(1, pace.measured_per_minute / stats.admissions_per_minute);
  const ofRate = rate * (reached > 0 ? reached : 1);
  const heldMinutes = capNow / pace.slots_freed_per_minute;
  const ofSlots = cap / heldMinutes;
  // Below zero when more are in than may be: so many have to go first.
  const free = cap - active;
  const secondsFor = (calls: number) => 60 * Math.max(calls / ofRate, Math.max(0, calls - free) / ofSlots);

  const people = Math.ceil(totalWaiting(stats) * (1 - pace.drop_share));
  const bySlots = Math.max(0, people - free) / ofSlots > people / ofRate;
  const callsPerMinute = Math.min(ofRate, ofSlots);
  return {
    heldBy: bySlots ? (byStock < maxActive ? 'stock' : 'slots') : 'rate',
    callsPerMinute,
    emptySeconds: people === 0 ? 0 : secondsFor(people),
    slotsNeeded: Math.ceil(rate * heldMinutes),
    stockSeconds: remaining === null || remaining > people ? null : secondsFor(remaining),
    growthPerMinute: growth(callsPerMinute),
  };
}
