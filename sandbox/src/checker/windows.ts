/**
 * The most calls in any closed window of a length, by two pointers over the sorted times.
 * @param times ms
 * @param lengthMs ms
 */
export function mostInAnyWindow(times: readonly number[], lengthMs: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  let most = 0;
  let first = 0;
  for (const [last, time] of sorted.entries()) {
    while (time - (sorted[first] ?? time) > lengthMs) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}
