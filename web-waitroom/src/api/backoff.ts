const FIRST_MS = 2_000;
/** Well below `abandon_after_seconds`, so that a waiter who could not reach us reconnects in time. */
const LONGEST_MS = 30_000;

/**
 * Delay before the next try after a failure, in ms: doubles from 2 s to 30 s, never shorter than the server asked for,
 * and half random, so that a crowd that failed together does not return together.
 * @param failures failures in a row, this one included
 * @param retryAfterMs the delay that the server asked for, if any
 * @param chance uniform in 0…1
 */
export function backoff(failures: number, retryAfterMs: number | null, chance: number): number {
  const doubled = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 10));
  const base = retryAfterMs === null ? doubled / 1.5 : Math.max(retryAfterMs, 500);
  return Math.round(base * (1 + chance / 2));
}
