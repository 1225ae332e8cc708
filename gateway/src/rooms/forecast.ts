/**
 * The forecast for a room, prepared so that a request only multiplies. A ticket is called when two conditions hold: the
 * rate has allowed as many calls as there are tickets ahead, and as many slots were free or have become free.
 */
export type Forecast = {
  /** The most calls a second: the setting. */
  rate: number;
  /** The measured rate while somebody waited and slots were free; at most `rate`. */
  measuredRate: number;
  /** Active slots that are free now. */
  free: number;
  /** Calls a second that freed slots allow. */
  turnover: number;
  /** The uncertainty of `turnover`, as a share of it. */
  doubt: number;
  /** The share of waiters who drop out before their turn. */
  dropShare: number;
};

export type Eta = { low: number; high: number };

const LOW_MARGIN = 0.9;
const HIGH_MARGIN = 1.1;
/** A call happens at a tick, and the client sees it at the next poll. */
const HIGH_SECONDS = 3;
/** Slots become free at random: n of them take n ± √n times as long as one. */
const SCATTER = 1;

/**
 * The expected wait as a range in whole seconds. Lower end: the best case, and tickets ahead keep dropping out. Upper
 * end: nobody drops out, and the slower of the set and the measured rate continues.
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

/** Seconds; the value to compare with the actual wait. */
export const middleOf = ({ low, high }: Eta): number => Math.round((low + high) / 2);

/** Whether slots, not the rate, decide when a ticket with so many ahead of it is called. */
export function isHeldBySlots(ahead: number, { measuredRate, free, turnover }: Forecast): boolean {
  return (ahead + 1 - free) / turnover > (ahead + 1) / measuredRate;
}
