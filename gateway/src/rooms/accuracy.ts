import { type Distribution, ETA_BUCKETS } from '../meters.ts';

/** Actual waits divided by estimated waits, in {@link ETA_BUCKETS}. */
export type Accuracy = Distribution;

const LOW = ETA_BUCKETS.indexOf(0.8);
const HIGH = ETA_BUCKETS.indexOf(1.25);

/**
 * Summarises how accurate the estimates were.
 * @returns null before the first wait; `median` is interpolated within its bucket
 */
export function accuracyOf({ counts }: Accuracy) {
  const waits = counts.reduce((sum, inBucket) => sum + inBucket, 0);
  if (waits === 0) return null;
  let within = 0;
  for (let bucket = LOW + 1; bucket <= HIGH; bucket += 1) within += counts[bucket] ?? 0;
  return {
    waits,
    median: Math.round(medianOf(counts, waits) * 100) / 100,
    within_quarter: Math.round((within / waits) * 1_000) / 1_000,
  };
}

function medianOf(counts: Float64Array, total: number): number {
  let before = 0;
  for (const [bucket, inBucket] of counts.entries()) {
    if (before + inBucket >= total / 2) {
      const from = ETA_BUCKETS[bucket - 1] ?? 0;
      const to = ETA_BUCKETS[bucket] ?? from;
      return from + ((total / 2 - before) / inBucket) * (to - from);
    }
    before += inBucket;
  }
  return 0;
}
