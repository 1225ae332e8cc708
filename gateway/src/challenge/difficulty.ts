/**
 * A browser needs 0.2 ms per derivation, a slow phone about 1 ms: on average 0.1 s to 1.3 s of work, there 0.4 s to 6
 * s.
 */
export const EASIEST = 400;
export const HARDEST = 6_400;
/** Up to this join rate, challenges have the lowest difficulty. */
export const CALM_JOINS_PER_SECOND = 50;

/**
 * The mean number of key derivations of a challenge (at most twice as many): `EASIEST × joins a second ÷
 * CALM_JOINS_PER_SECOND`, between `EASIEST` and `HARDEST`.
 * @param joinsPerSecond of the whole room, smoothed
 */
export function difficultyAt(joinsPerSecond: number): number {
  const wanted = Math.round((EASIEST * joinsPerSecond) / CALM_JOINS_PER_SECOND);
  return Math.min(Math.max(wanted, EASIEST), HARDEST);
}
