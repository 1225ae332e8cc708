import type { Events } from './artillery.ts';

/** How clients arrive; the same for all of a run. */
export type Arrivals = {
  /** How many arrive in total, and within how many seconds. */
  shoppers?: number;
  arrivalSeconds?: number;
  /** even: the same number every second. rising: from zero a second to twice the mean. */
  arrivals?: 'even' | 'rising';
};

const DELAY_SAMPLE_MS = 20;

let arrived = 0;
let firstArrivalMs = 0;

/**
 * Waits until the next client may arrive. Artillery creates all clients at once, because its own pacing of arrivals
 * spins and would take a core from the system under test. One worker has them all, so a counter is enough.
 * @returns how many arrived before
 */
export async function nextArrival(plan: Arrivals, events: Events): Promise<number> {
  if (firstArrivalMs === 0) {
    firstArrivalMs = Date.now();
    watchOwnDelay(events);
  }
  const place = arrived;
  arrived += 1;
  const dueMs = firstArrivalMs + arrivalMs(place, plan);
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, dueMs - Date.now())));
  return place;
}

/** @param place from 0 @returns ms after the first */
export function arrivalMs(place: number, { shoppers = 1, arrivalSeconds = 0, arrivals }: Arrivals): number {
  const part = place / shoppers;
  // The number of arrivals grows with the square of the time.
  return arrivalSeconds * 1_000 * (arrivals === 'rising' ? Math.sqrt(part) : part);
}

/** The current third of the arrivals, where the first and the last are compared. */
export function partOfArrivals(
  { arrivalSeconds = 0 }: Arrivals,
  nowMs = Date.now(),
): 'early' | 'late' | null {
  const part = (nowMs - firstArrivalMs) / (arrivalSeconds * 1_000);
  if (part < 1 / 3) return 'early';
  return part >= 2 / 3 && part < 1 ? 'late' : null;
}

/** Records how late this worker's own timers are. Latencies are valid only while this stays small. */
function watchOwnDelay(events: Events): void {
  let dueMs = performance.now() + DELAY_SAMPLE_MS;
  setInterval(() => {
    const nowMs = performance.now();
    events.emit('histogram', 'worker_delay_ms', Math.max(0, nowMs - dueMs));
    dueMs = nowMs + DELAY_SAMPLE_MS;
  }, DELAY_SAMPLE_MS).unref();
}
