import { type JobName, type JobPayload, jobs, queuePrefix } from '@shopfast/kit/contracts/jobs';
import type { QueueName } from '@shopfast/kit/contracts/limits';
import type { Log } from '@shopfast/kit/log';
import type { RedisClient } from '@shopfast/kit/redis';
import { DelayedError, type Job, UnrecoverableError, Worker } from 'bullmq';
import type { JobMetrics } from './metrics.ts';
import { type RetryPlans, retryDelay } from './outbox/job-options.ts';
import { RescheduleJob } from './reschedule-job.ts';
import { withTimeout } from './with-timeout.ts';

/**
 * One handler per job name. A job may run twice. A handler may throw {@link RescheduleJob} or BullMQ's
 * UnrecoverableError.
 */
export type Handlers = { [Name in JobName]: (payload: JobPayload<Name>) => Promise<void> };

/** How soon another process takes over the jobs of a dead one: after lock + 2 checks at most. */
export type TakeOver = { lockDurationMs: number; checkEveryMs: number };
export const takeOver: TakeOver = { lockDurationMs: 15_000, checkEveryMs: 5_000 };

/** Shorter than the 15 s that a service has to stop. */
const CLOSE_WITHIN_MS = 10_000;

export type RunQueueOptions = {
  redis: RedisClient;
  handlers: Handlers;
  concurrency: number;
  plans: RetryPlans;
  takeOver: TakeOver;
  metrics: JobMetrics;
  /** Called for each finished job before its queue notes it. If this fails, the job runs again. */
  onDone: (job: Job) => Promise<void>;
  /** Called for each job that will not be tried again; never rejects. */
  onExhausted: (job: Job) => Promise<void>;
  log: Log;
};

/** Processes one queue until the worker is closed. Running jobs are finished first. */
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
        log.debug({ job: job.name, job_id: job.id, reason: error.message }, 'job rescheduled');
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
      // A dying process uses up no attempt. Only a job that kills every one of its workers ends here.
      maxStalledCount: 50,
      settings: {
        backoffStrategy: (attemptsMade, _type, _error, job) =>
          // Called only for jobs that may be tried again: they have a handler, so they have a plan.
          retryDelay(options.plans[job?.name as JobName], attemptsMade),
      },
    },
  );
  let lastError = '';
  worker.on('error', (err) => {
    // While Redis is unavailable, the same error comes many times a second.
    log[err.message === lastError ? 'debug' : 'warn']({ err, queue }, 'worker');
    lastError = err.message;
  });
  worker.on('stalled', (jobId) => log.warn({ queue, job_id: jobId }, 'job taken over from a dead worker'));
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
 * Stops taking jobs and finishes the running ones. Without Redis their ends cannot be stored, and a job may take too
 * long: then it is left to another worker.
 */
export async function closeWorker(worker: Worker, redis: RedisClient, log: Log): Promise<void> {
  if (redis.status !== 'ready') return worker.close(true);
  await withTimeout(CLOSE_WITHIN_MS, 'finishing the running jobs', worker.close()).catch((err: unknown) =>
    log.warn({ err, queue: worker.name }, 'leaving jobs to another worker'),
  );
}

async function dispatch(job: Job, handlers: Handlers): Promise<void> {
  if (!isJobName(job.name)) throw new UnrecoverableError(`no handler for a job named ${job.name}`);
  const payload = jobs[job.name].payload.safeParse(job.data);
  if (!payload.success) throw new UnrecoverableError(`invalid payload: ${payload.error.message}`);
  // The payload was parsed by the schema of this name, which TypeScript cannot follow through a union of names.
  const handle = handlers[job.name] as (payload: unknown) => Promise<void>;
  await handle(payload.data);
}

function isJobName(name: string): name is JobName {
  return Object.hasOwn(jobs, name);
}
