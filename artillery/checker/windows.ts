import { mostInAnyWindow } from '@shopfast/sandbox/checker/windows';

/**
 * Calls in windows of a length: the most in any closed one, the fewest in any between `from` and `until`.
 * @param times ms
 * @returns `fewest` null if no window fits in between
 */
export function callsInWindows(times: readonly number[], lengthMs: number, from: number, until: number) {
  const sorted = times.toSorted((a, b) => a - b);
  let fewest: number | null = null;
  // A window has the fewest calls when it starts just after one: (t, t + length].
  let end = 0;
  for (const [at, start] of sorted.entries()) {
    if (start < from || start + lengthMs > until) continue;
    while ((sorted[end] ?? Number.POSITIVE_INFINITY) <= start + lengthMs) end += 1;
    let after = at + 1;
    while (sorted[after] === start) after += 1;
    fewest = Math.min(fewest ?? Number.POSITIVE_INFINITY, end - after);
  }
  return { most: mostInAnyWindow(times, lengthMs), fewest };
}
