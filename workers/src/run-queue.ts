import {
  type JobName,
  type JobPayload,
  jobs,
  type QueueName,
  queuePrefix,
} from '@shopfast/kit/contracts/jobs';
import type { Log } from '@shopfast/kit/log';
import { DelayedError, type Job, UnrecoverableError, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { JobMetrics } from './metrics.ts';
import { type RetryPlans, retryDelay } from './outbox/job-options.ts';
import { RescheduleJob } from './reschedule-job.ts';
import { withTimeout } from './with-timeout.ts';

/** Each does one job. It may run twice, and may throw {@link RescheduleJob} or BullMQ's UnrecoverableError. */
export type Handlers = { [Name in JobName]: (payload: JobPayload<Name>) => Promise<void> };

/** How soon another process takes over the jobs of one that died: lock + 2 checks at most. */
export type TakeOver = { lockDurationMs: number; checkEveryMs: number };
export const takeOver: TakeOver = { lockDurationMs: 15_000, checkEveryMs: 5_000 };

/** Less than the 15 s that a service has to stop. */
const CLOSE_WITHIN_MS = 10_000;

export type RunQueueOptions = {
  redis: Redis;
  handlers: Handlers;
  concurrency: number;
  plans: RetryPlans;
  takeOver: TakeOver;
  metrics: JobMetrics;
  /** Told of each job that is done, before its queue is: should this fail, the job runs again. */
  onDone: (job: Job) => Promise<void>;
  /** Told of each job that will not be tried again; never rejects. */
  onExhausted: (job: Job) => Promise<void>;
  log: Log;
};

/** Works off one queue until the worker is closed; jobs that it has begun are finished first. */
export function runQueue(queue: QueueName, options: RunQueueOptions): Worker {
  const { log, metrics } = options;
  const worker = new Worker(
    queue,
    async (job, token) => {
      const ended = metrics.started(queue, job.name);
      try {
        await dispatch(job, options.handlers);
        await options.onDone(job);
        ended('done');
      } catch (error) {
        ended(error instanceof RescheduleJob ? 'later' : 'failed');
        if (!(error instanceof RescheduleJob)) throw error;
        log.debug({ job: job.name, job_id: job.id, reason: error.message }, 'looking again later');
        await job.moveToDelayed(Date.now() + Math.max(1, error.delayMs), token);
        throw new DelayedError();
      }
    },
    {
      connection: options.redis,
      prefix: queuePrefix(queue),
      concurrency: options.concurrency,
      lockDuration: options.takeOver.lockDurationMs,
      stalledInterval: options.takeOver.checkEveryMs,
      // A process that dies takes nobody's attempt away; only a job that kills each of its workers ends here.
      maxStalledCount: 50,
      settings: {
        backoffStrategy: (attemptsMade, _type, _error, job) =>
          // Asked only for jobs that may be tried again: they have a handler, so they have a plan.
          retryDelay(options.plans[job?.name as JobName], attemptsMade),
      },
    },
  );
  let lastError = '';
  worker.on('error', (err) => {
    // An absent Redis would say the same thing many times a second.
    log[err.message === lastError ? 'debug' : 'warn']({ err, queue }, 'worker');
    lastError = err.message;
  });
  worker.on('stalled', (jobId) =>
    log.warn({ queue, job_id: jobId }, 'job taken over from a worker that is gone'),
  );
  worker.on('failed', (job, error) => {
    if (!job) return;
    const exhausted = job.finishedOn !== undefined;
    log.warn(
      { err: error, job: job.name, job_id: job.id, attempts: job.attemptsMade, exhausted },
      'job failed',
    );
    if (exhausted) void options.onExhausted(job);
  });
  return worker;
}

/**
 * Stops taking jobs and ends those begun. Without Redis their ends could not be noted, and a job may take too long: then
 * it is left, and another worker takes it over.
 */
export async function closeWorker(worker: Worker, redis: Redis, log: Log): Promise<void> {
  if (redis.status !== 'ready') return worker.close(true);
  await withTimeout(CLOSE_WITHIN_MS, 'ending the jobs begun', worker.close()).catch((err: unknown) =>
    log.warn({ err, queue: worker.name }, 'jobs are left to another worker'),
  );
}

async function dispatch(job: Job, handlers: Handlers): Promise<void> {
  if (!isJobName(job.name)) throw new UnrecoverableError(`no handler for a job named ${job.name}`);
  const payload = jobs[job.name].payload.safeParse(job.data);
  if (!payload.success) throw new UnrecoverableError(`invalid payload: ${payload.error.message}`);
  const handle = handlers[job.name] as (payload: unknown) => Promise<void>;
  await handle(payload.data);
}

function isJobName(name: string): name is JobName {
  return Object.hasOwn(jobs, name);
}
