/**
 * What a room's tickets may expect, as numbers that a request only multiplies. A ticket is called when the rate has allowed
 * as many calls as there are people before it, and when as many slots were free or have come free: the later of the two.
 */
export type Forecast = {
  /** Calls a second at best: the setting. */
  rate: number;
  /** The same as it was measured while somebody waited and slots were free; at most `rate`. */
  measuredRate: number;
  /** Active slots free now. */
  free: number;
  /** Calls a second that slots coming free allow. */
  turnover: number;
  /** How wrong `turnover` may be, as a share of it. */
  doubt: number;
  /** The share of waiters who drop out before their turn. */
  dropShare: number;
};

export type Eta = { low: number; high: number };

const LOW_MARGIN = 0.9;
const HIGH_MARGIN = 1.1;
/** A call comes with a tick, and is heard of with a question. */
const HIGH_SECONDS = 3;
/** Slots come free by chance: n of them take n ± √n times as long as one. */
const SCATTER = 1;

/**
 * How long a waiter will wait, as a range in whole seconds: below, all goes well and people before keep dropping out; above,
 * nobody drops out, and the slower of what is set and what was measured goes on.
 * @param ahead live tickets before this one
 */
export function etaSeconds(ahead: number, forecast: Forecast): Eta {
  const { rate, measuredRate, free, turnover, doubt, dropShare } = forecast;
  const fewest = ahead * (1 - dropShare);
  const most = ahead + 1;
  const fewestFreed = Math.max(0, fewest - free);
  const mostFreed = Math.max(0, most - free);
  const fewestScattered = Math.max(0, fewestFreed - SCATTER * Math.sqrt(fewestFreed));
  const mostScattered = mostFreed + SCATTER * Math.sqrt(mostFreed);
  const low = Math.max((fewest / rate) * LOW_MARGIN, fewestScattered / (turnover * (1 + doubt)));
  const high = Math.max((most / measuredRate) * HIGH_MARGIN, (mostScattered * (1 + doubt)) / turnover);
  return { low: Math.floor(low), high: Math.ceil(high + HIGH_SECONDS) };
}

/** Seconds; what an estimate is held against afterwards. */
export const middleOf = ({ low, high }: Eta): number => Math.round((low + high) / 2);

/** Whether slots rather than the rate decide when a ticket with so many before it is called. */
export function isHeldBySlots(ahead: number, { measuredRate, free, turnover }: Forecast): boolean {
  return (ahead + 1 - free) / turnover > (ahead + 1) / measuredRate;
}
