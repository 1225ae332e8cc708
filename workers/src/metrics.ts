import type { Sql } from '@shopfast/db/client';
import { countUnsent } from '@shopfast/db/dead-letters';
import { outboxBacklog } from '@shopfast/db/outbox';
import type { Clock } from '@shopfast/kit/clock';
import { QUEUES } from '@shopfast/kit/contracts/limits';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Attempts, JobEnd } from './admin/job-figures.ts';
import { ALARMS, type AlarmKind } from './payment/reconcile.ts';
import type { BreakerState, ResiliencePolicy } from './payment/resilience-policy.ts';
import type { Queues } from './queues.ts';

export type JobMetrics = {
  /** Starts the clock of one attempt; the returned function stops it. */
  started(queue: string, job: string): (end: JobEnd) => void;
};

export type WorkersMetrics = JobMetrics & {
  registry: Registry;
  published(count: number): void;
  deadLetter(job: string): void;
  paymentAlarm(kind: AlarmKind): void;
};

const COUNTED = ['waiting', 'active', 'delayed', 'failed'] as const;
const BREAKER_STATES: BreakerState[] = ['closed', 'half_open', 'open'];

export function createMetrics(sources: {
  sql: Sql;
  queues: Queues;
  policy: ResiliencePolicy;
  attempts: Attempts;
  clock: Clock;
}): WorkersMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const durations = new Histogram({
    name: 'shopfast_job_duration_seconds',
    help: 'Time of one attempt of a job, by how it ended (done, later, failed)',
    labelNames: ['queue', 'job', 'end'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  });
  const published = new Counter({
    name: 'shopfast_outbox_published_total',
    help: 'Outbox rows that this process has handed to the queues',
    registers,
  });
  const deadLetters = new Counter({
    name: 'shopfast_dead_letters_total',
    help: 'Jobs that will not be tried again',
    labelNames: ['job'],
    registers,
  });
  const alarms = new Counter({
    name: 'shopfast_payment_alarms_total',
    help: 'Payments, refunds and disputes that do not match the stored payments; each is also a dead letter',
    labelNames: ['kind'],
    registers,
  });
  for (const kind of ALARMS) alarms.inc({ kind }, 0);
  new Gauge({
    name: 'shopfast_queue_jobs',
    help: 'Jobs in each queue by state; absent while Redis is unavailable',
    labelNames: ['queue', 'state'],
    registers,
    async collect() {
      this.reset();
      await Promise.all(
        QUEUES.map(async (queue) => {
          const counts = await sources.queues[queue].getJobCounts(...COUNTED).catch(() => ({}));
          for (const [state, count] of Object.entries(counts)) this.set({ queue, state }, count);
        }),
      );
    },
  });
  new Gauge({
    name: 'shopfast_queue_oldest_seconds',
    help: 'How long the next job of each queue has waited for a worker, 0: none waits; absent while Redis is unavailable',
    labelNames: ['queue'],
    registers,
    async collect() {
      this.reset();
      await Promise.all(
        QUEUES.map(async (queue) => {
          const jobs = await sources.queues[queue].getJobs(['waiting'], 0, 0, true).catch(() => null);
          if (jobs)
            this.set({ queue }, jobs[0] ? Math.max(0, (sources.clock.now() - jobs[0].timestamp) / 1_000) : 0);
        }),
      );
    },
  });
  new Gauge({
    name: 'shopfast_dead_letters',
    help: 'Jobs that ran out of attempts and were not sent again, by queue; absent while Postgres is unavailable',
    labelNames: ['queue'],
    registers,
    async collect() {
      this.reset();
      const unsent = await countUnsent(sources.sql).catch(() => null);
      for (const queue of unsent ? QUEUES : []) this.set({ queue }, unsent?.[queue] ?? 0);
    },
  });
  new Gauge({
    name: 'shopfast_outbox_oldest_seconds',
    help: 'Age of the oldest job that is not in its queue yet; absent while Postgres is unavailable',
    registers,
    async collect() {
      const backlog = await outboxBacklog(sources.sql).catch(() => undefined);
      if (backlog) this.set(backlog.oldest_seconds);
      else this.remove();
    },
  });
  new Gauge({
    name: 'shopfast_payment_breaker',
    help: '1 for the current state of the circuit breaker in front of the payment provider',
    labelNames: ['state'],
    registers,
    collect() {
      for (const state of BREAKER_STATES) this.set({ state }, sources.policy.state() === state ? 1 : 0);
    },
  });

  return {
    registry,
    started: (queue, job) => {
      const stop = durations.startTimer({ queue, job });
      return (end) => {
        stop({ end });
        sources.attempts.ended(queue, end);
      };
    },
    published: (count) => published.inc(count),
    deadLetter: (job) => deadLetters.inc({ job }),
    paymentAlarm: (kind) => alarms.inc({ kind }),
  };
}
