const SMOOTHING_SECONDS = 10;

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
