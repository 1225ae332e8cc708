import type { Clock } from '@shopfast/kit/clock';

/** done: completed; later: rescheduled, nothing to do yet; failed: this attempt threw. */
export type JobEnd = 'done' | 'later' | 'failed';

/** How attempts of a queue's jobs ended in the last minutes, in this process only. */
export type AttemptCounts = Record<JobEnd, number>;

export type Attempts = {
  ended(queue: string, end: JobEnd): void;
  of(queue: string): AttemptCounts;
};

const MINUTE_MS = 60_000;
/** The current minute and the four before it. */
export const ATTEMPT_MINUTES = 5;

export function createAttempts(clock: Clock): Attempts {
  const minuteNow = () => Math.floor(clock.now() / MINUTE_MS);
  const byQueue = new Map<string, Map<number, AttemptCounts>>();

  return {
    ended: (queue, end) => {
      const minutes = byQueue.get(queue) ?? new Map<number, AttemptCounts>();
      byQueue.set(queue, minutes);
      const now = minuteNow();
      for (const minute of minutes.keys()) if (minute <= now - ATTEMPT_MINUTES) minutes.delete(minute);
      const counts = minutes.get(now) ?? { done: 0, later: 0, failed: 0 };
      minutes.set(now, counts);
      counts[end] += 1;
    },
    of: (queue) => {
      const sum: AttemptCounts = { done: 0, later: 0, failed: 0 };
      const oldest = minuteNow() - ATTEMPT_MINUTES;
      for (const [minute, counts] of byQueue.get(queue) ?? [])
        if (minute > oldest) for (const end of ['done', 'later', 'failed'] as const) sum[end] += counts[end];
      return sum;
    },
  };
}
