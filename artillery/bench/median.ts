import { present } from '@shopfast/kit/narrow';
/** The middle value; of an even number of values, the mean of the two middle ones. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length === 0) return Number.NaN;
  const upper = present(sorted[middle]);
  return sorted.length % 2 === 1 ? upper : (present(sorted[middle - 1]) + upper) / 2;
}
