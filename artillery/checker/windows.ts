/**
 * Calls in windows of a length: the most in any closed one, the fewest in any between `from` and `until`.
 * @param times ms
 * @returns `fewest` null if no window fits in between
 */
export function callsInWindows(times: readonly number[], lengthMs: number, from: number, until: number) {
  const sorted = times.toSorted((a, b) => a - b);
  let most = 0;
  let fewest: number | null = null;
  let first = 0;
  for (let last = 0; last < sorted.length; last += 1) {
    while ((sorted[last] as number) - (sorted[first] as number) > lengthMs) first += 1;
    most = Math.max(most, last - first + 1);
  }
  // A window has the fewest calls when it starts just after one: (t, t + length].
  let end = 0;
  for (let at = 0; at < sorted.length; at += 1) {
    const start = sorted[at] as number;
    if (start < from || start + lengthMs > until) continue;
    while (end < sorted.length && (sorted[end] as number) <= start + lengthMs) end += 1;
    let after = at + 1;
    while (after < sorted.length && sorted[after] === start) after += 1;
    fewest = Math.min(fewest ?? Number.POSITIVE_INFINITY, end - after);
  }
  return { most, fewest };
}
