import type { Clock } from '@shopfast/kit/clock';

/** Orders of one minute that the shop behind us answered. `at`: start of the minute, ms. */
export type OrderMinute = { at: number; orders: number; failed: number; p50Ms: number; p95Ms: number };

export type OrderTimes = {
  /**
   * Counts an answer to an order. Fast refusals (no token, sold out) are ignored: they do not show how well buying
   * works.
   */
  answered(ms: number, status: number): void;
  /** The last hour, oldest first; minutes without an order are left out. */
  minutes(): OrderMinute[];
};

const MINUTE_MS = 60_000;
const KEPT = 60;
/** Bucket i ends at 1.12^i ms, so a quantile is at most 12 % too high. The last bucket starts at one minute. */
const GROWTH = 1.12;
const BUCKETS = Math.ceil(Math.log(60_000) / Math.log(GROWTH)) + 1;

type Minute = { at: number; failed: number; counts: Uint32Array };

/** How fast orders were answered, minute by minute, as this process saw it. Operators choose the rate by it. */
export function createOrderTimes(clock: Clock): OrderTimes {
  let minutes: Minute[] = [];

  function current(): Minute {
    const at = Math.floor(clock.now() / MINUTE_MS) * MINUTE_MS;
    const last = minutes.at(-1);
    if (last?.at === at) return last;
    const fresh = { at, failed: 0, counts: new Uint32Array(BUCKETS) };
    minutes = [...minutes.slice(1 - KEPT), fresh];
    return fresh;
  }

  return {
    answered: (ms, status) => {
      if (status >= 300 && status < 500) return;
      const minute = current();
      const bucket = Math.min(BUCKETS - 1, Math.max(0, Math.ceil(Math.log(ms) / Math.log(GROWTH))));
      minute.counts[bucket] = (minute.counts[bucket] ?? 0) + 1;
      if (status >= 500) minute.failed += 1;
    },
    minutes: () => {
      const oldest = clock.now() - KEPT * MINUTE_MS;
      return minutes.filter(({ at }) => at >= oldest).map(summed);
    },
  };
}

function summed({ at, failed, counts }: Minute): OrderMinute {
  const orders = counts.reduce((sum, inBucket) => sum + inBucket, 0);
  const quantile = (share: number) => {
    let upTo = 0;
    for (const [bucket, inBucket] of counts.entries()) {
      upTo += inBucket;
      if (upTo >= orders * share) return Math.round(GROWTH ** bucket);
    }
    return 0;
  };
  return { at, orders, failed, p50Ms: quantile(0.5), p95Ms: quantile(0.95) };
}
