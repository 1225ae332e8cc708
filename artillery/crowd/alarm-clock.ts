const STEP_MS = 5;

/** Wakes many sleepers at their times with one timer. */
export function createAlarmClock(wake: (sleeper: number) => void) {
  const buckets = new Map<number, number[]>();
  let next = Math.floor(performance.now() / STEP_MS);
  const timer = setInterval(() => {
    const now = Math.floor(performance.now() / STEP_MS);
    for (; next <= now; next += 1) {
      const due = buckets.get(next);
      if (!due) continue;
      buckets.delete(next);
      for (const sleeper of due) wake(sleeper);
    }
  }, STEP_MS);
  return {
    /** @param atMs by performance.now() */
    set(sleeper: number, atMs: number): void {
      const at = Math.max(next, Math.ceil(atMs / STEP_MS));
      const bucket = buckets.get(at);
      if (bucket) bucket.push(sleeper);
      else buckets.set(at, [sleeper]);
    },
    stop: () => clearInterval(timer),
  };
}
