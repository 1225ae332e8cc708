/**
 * A browser needs 0.2 ms per derivation, a slow phone about 1 ms: on average 0.1 s to 1.3 s of work, there 0.4 s to 6
 * s.
 */
export const EASIEST = 400;
export const HARDEST = 6_400;
/** Up to this join rate, challenges have the lowest difficulty. */
export const CALM_JOINS_PER_SECOND = 50;

const SMOOTHING_SECONDS = 10;

/**
 * The mean number of key derivations of a challenge (at most twice as many): `EASIEST × joins a second ÷
 * CALM_JOINS_PER_SECOND`, between `EASIEST` and `HARDEST`.
 * @param joinsPerSecond of the whole room, smoothed
 */
export function difficultyAt(joinsPerSecond: number): number {
  const wanted = Math.round((EASIEST * joinsPerSecond) / CALM_JOINS_PER_SECOND);
  return Math.min(Math.max(wanted, EASIEST), HARDEST);
}

/** Numbers given so far, at a time of Redis's clock in ms. */
type Reading = { issued: number; at: number };

/**
 * The join rate after one more reading of the room: an exponential mean over ten seconds, for any distance between
 * readings. All gateways read the same counter, so they agree without communication.
 * @returns joins a second
 */
export function smoothedJoinRate(rate: number, before: Reading | null, now: Reading): number {
  if (!before || now.at <= before.at || now.issued < before.issued) return rate;
  const seconds = (now.at - before.at) / 1_000;
  const latest = (now.issued - before.issued) / seconds;
  return rate + (latest - rate) * (1 - Math.exp(-seconds / SMOOTHING_SECONDS));
}
