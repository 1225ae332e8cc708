import type { Sql } from '@shopfast/db/client';
import { countUnsent } from '@shopfast/db/dead-letters';
import { outboxBacklog } from '@shopfast/db/outbox';
import type { Clock } from '@shopfast/kit/clock';
import type { JobFigures, QueueFigures } from '@shopfast/kit/contracts/background-jobs';
import { QUEUES, type QueueName } from '@shopfast/kit/contracts/limits';
import type { Queue } from 'bullmq';
import type { ResiliencePolicy } from '../payment/resilience-policy.ts';
import type { Queues } from '../queues.ts';
import { withTimeout } from '../with-timeout.ts';

export type FigureSources = {
  sql: Sql;
  queues: Queues;
  policy: ResiliencePolicy;
  attempts: Attempts;
  clock: Clock;
};

const WITHIN_MS = 2_000;

export async function readJobFigures({
  sql,
  queues,
  policy,
  attempts,
  clock,
}: FigureSources): Promise<JobFigures> {
  const orNull = <T>(what: string, work: Promise<T>) => withTimeout(WITHIN_MS, what, work).catch(() => null);
  const now = clock.now();
  const [outbox, inQueues, deadLetters] = await Promise.all([
    orNull('the outbox', outboxBacklog(sql)),
    orNull('the queues', Promise.all(QUEUES.map((name) => figuresOf(name, queues[name], now)))),
    orNull('dead letters', countUnsent(sql)),
  ]);
  return {
    at: new Date(now).toISOString(),
    outbox,
    queues: inQueues,
    attempts: {
      minutes: ATTEMPT_MINUTES,
      queues: QUEUES.map((queue) => ({ queue, ...attempts.of(queue) })),
    },
    payment: { breaker: policy.state() },
    dead_letters: deadLetters,
  };
}

async function figuresOf(name: QueueName, queue: Queue, nowMs: number): Promise<QueueFigures> {
  const [counts, [next]] = await Promise.all([
    queue.getJobCounts('waiting', 'active', 'delayed'),
    queue.getJobs(['waiting'], 0, 0, true),
  ]);
  return {
    queue: name,
    waiting: counts.waiting ?? 0,
    active: counts.active ?? 0,
    delayed: counts.delayed ?? 0,
    oldest_seconds: next ? Math.max(0, (nowMs - next.timestamp) / 1_000) : null,
  };
}

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
