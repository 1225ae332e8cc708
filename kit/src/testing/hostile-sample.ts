import { testEnv } from './env.ts';

/** `npm test` sends one of this many hostile requests; the nightly run sends all of them. */
export const HOSTILE_EVERY = testEnv.hostileEvery;

/**
 * Takes every n-th value. One sample counts over all calls of a file: calls have different numbers of values, so each
 * value is sent in some calls.
 */
export function createSample(): <T>(values: Iterable<T>, every: number) => Generator<T> {
  let count = 0;
  return function* sampled(values, every) {
    for (const value of values) if (count++ % every === 0) yield value;
  };
}
