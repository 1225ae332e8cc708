import type { Events } from './artillery.ts';

/** How people come; the same for everybody of a run. */
export type Arrivals = {
  /** How many come in all, and within how many seconds. */
  shoppers?: number;
  arrivalSeconds?: number;
  /** even: the same number every second. rising: from none a second to twice the mean. */
  arrivals?: 'even' | 'rising';
};

const DELAY_SAMPLE_MS = 20;

let arrived = 0;
let firstArrivalMs = 0;

/**
 * Waits for the next one's moment to arrive. Artillery creates everybody at once, because its own pacing of
 * arrivals spins: it would take a core from the system under test. One worker has them all, so a counter is enough.
 * @returns how many had come before
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
  // The number of those who have come grows with the square of the time.
  return arrivalSeconds * 1_000 * (arrivals === 'rising' ? Math.sqrt(part) : part);
}

/** Which third of the arrivals is under way, where the first and the last are compared. */
export function partOfArrivals(
  { arrivalSeconds = 0 }: Arrivals,
  nowMs = Date.now(),
): 'early' | 'late' | null {
  const part = (nowMs - firstArrivalMs) / (arrivalSeconds * 1_000);
  if (part < 1 / 3) return 'early';
  return part >= 2 / 3 && part < 1 ? 'late' : null;
}

/** How late this worker's own timers are. Times of answers are the system's only as long as this stays small. */
function watchOwnDelay(events: Events): void {
  let dueMs = performance.now() + DELAY_SAMPLE_MS;
  setInterval(() => {
    const nowMs = performance.now();
    events.emit('histogram', 'worker_delay_ms', Math.max(0, nowMs - dueMs));
    dueMs = nowMs + DELAY_SAMPLE_MS;
  }, DELAY_SAMPLE_MS).unref();
}
