import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Problem } from '@shopfast/kit/errors';
import type { Lifecycle } from '@shopfast/kit/lifecycle';

/** The kinds of requests that are refused under overload. Requests of waiters are refused last. */
export type LoadKind = 'newcomer' | 'waiter';

/**
 * Refuses requests while the event loop is late or too many requests are in flight, so that accepted ones are answered
 * in time. Waiters keep their place: they get 503 and `Retry-After`, and silence caused by us expires nobody.
 */
export type Shedder = {
  /**
   * Admits a request; call the result when it is answered.
   * @throws Problem `overloaded`
   */
  enter(kind: LoadKind): () => void;
  readonly inFlight: number;
  /** How late the event loop was in the last fifth of a second, ms (99th percentile). */
  readonly delayMs: number;
};

export type LoadLimits = Record<LoadKind, { delayMs: number; inFlight: number }>;

const LIMITS: LoadLimits = {
  newcomer: { delayMs: 400, inFlight: 4_000 },
  waiter: { delayMs: 1_500, inFlight: 12_000 },
};
const CHECK_EVERY_MS = 200;
/** monitorEventLoopDelay includes its own sampling interval of 10 ms. */
const RESOLUTION_MS = 10;

export function createShedder(lifecycle: Lifecycle, limits: LoadLimits = LIMITS): Shedder {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  let delayMs = 0;
  let inFlight = 0;
  let checkedAt = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    // After a reset the histogram leaves out its first sample. If each turn of the loop is longer than a check, that is
    // the only one; then the check itself is late.
    const late = now - checkedAt - CHECK_EVERY_MS;
    checkedAt = now;
    delayMs = Math.max(0, histogram.percentile(99) / 1e6 - RESOLUTION_MS, late);
    histogram.reset();
  }, CHECK_EVERY_MS);
  timer.unref();
  lifecycle.onClose('load shedding', () => {
    clearInterval(timer);
    histogram.disable();
  });

  const leave = () => {
    inFlight -= 1;
  };
  return {
    enter: (kind) => {
      const limit = limits[kind];
      if (delayMs > limit.delayMs || inFlight >= limit.inFlight)
        throw new Problem('overloaded', { retryAfterSeconds: 2 + Math.random() * 4 });
      inFlight += 1;
      return leave;
    },
    get inFlight() {
      return inFlight;
    },
    get delayMs() {
      return delayMs;
    },
  };
}
