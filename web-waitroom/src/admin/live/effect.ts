import type { RoomStats } from '@shopfast/kit/contracts/rooms';
import { totalWaiting } from './history.ts';

/** The two limits that an operator can change. */
export type Limits = { rate: number; maxActive: number };

export type Effect = {
  /** What limits calls while people wait. stock: no more people may be active than the remaining units can serve. */
  heldBy: 'rate' | 'slots' | 'stock';
  /** The resulting calls a minute, after the free slots are used up. */
  callsPerMinute: number;
  /** Seconds until everybody who waits now was called or dropped out; null: cannot be predicted. */
  emptySeconds: number | null;
  /** Active slots that this rate needs, at the current time per slot; null: not measured yet. */
  slotsNeeded: number | null;
  /** Seconds until as many people are called as units remain: the stock cannot sell out earlier. */
  stockSeconds: number | null;
  /** Change of the line per minute, if as many people join as in the last minute. Negative: it gets shorter. */
  growthPerMinute: number | null;
};

/**
 * Predicts the effect of a rate and a cap from current measurements. Calls follow the rate or the slots that come free,
 * whichever is slower. Slots come free at the cap divided by the time per slot (Little's law).
 * @param stockFactor active may not exceed remaining × this
 * @param joinsPerMinute of the last minute; null: unknown
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

  // If the current rate was not reached with slots free (too few gateways, slow Redis), a higher rate does not help.
  const reached = Math.min(1, pace.measured_per_minute / stats.admissions_per_minute);
  const ofRate = rate * (reached > 0 ? reached : 1);
  const heldMinutes = capNow / pace.slots_freed_per_minute;
  const ofSlots = cap / heldMinutes;
  // Negative when more are active than allowed: that many must leave first.
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
