import type { JobName } from '@shopfast/kit/contracts/jobs';
import type { JobsOptions } from 'bullmq';

/**
 * How often a job is tried, and how long it waits between attempts: `firstDelayMs`, then twice as long each time, up to
 * `maxDelayMs`.
 */
export type RetryPlan = { attempts: number; firstDelayMs: number; maxDelayMs: number };
export type RetryPlans = Record<JobName, RetryPlan>;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** A job that used up its attempts becomes a dead letter. */
export const retryPlans: RetryPlans = {
  // About 6 minutes. An outage of the provider does not count: the breaker opens, and jobs wait without using attempts.
  'payment.charge': { attempts: 12, firstDelayMs: SECOND, maxDelayMs: MINUTE },
  'payment.event': { attempts: 12, firstDelayMs: SECOND, maxDelayMs: MINUTE },
  // About a day: no shopper waits for these, and a long outage must not lose any.
  'payment.refund': { attempts: 60, firstDelayMs: 5 * SECOND, maxDelayMs: 30 * MINUTE },
  'email.send': { attempts: 60, firstDelayMs: 5 * SECOND, maxDelayMs: 30 * MINUTE },
  'email.account': { attempts: 60, firstDelayMs: 5 * SECOND, maxDelayMs: 30 * MINUTE },
  // About an hour. A later reminder helps nobody; then the row in the database ends it.
  'email.turn': { attempts: 40, firstDelayMs: 2 * SECOND, maxDelayMs: 2 * MINUTE },
  'holds.expire': { attempts: 300, firstDelayMs: SECOND, maxDelayMs: 5 * MINUTE },
  'slots.settle': { attempts: 300, firstDelayMs: SECOND, maxDelayMs: 5 * MINUTE },
};

/** Finished jobs keep their id for two days, much longer than the outbox may hand a row in again. */
const KEEP_COMPLETED_SECONDS = 2 * 24 * 60 * 60;

/**
 * Jobs that failed for good are stored as dead letters in Postgres. BullMQ keeps them for inspection and for the sweep
 * that stores those whose worker could not. If BullMQ drops one before that, the outbox hands it in again.
 */
const KEEP_FAILED_SECONDS = 7 * 24 * 60 * 60;
const KEEP_FAILED = 10_000;

/** BullMQ options of a job. {@link retryDelay} computes its delays. */
export function jobOptions(name: JobName, plans: RetryPlans): JobsOptions {
  return {
    attempts: plans[name].attempts,
    backoff: { type: 'plan' },
    removeOnComplete: { age: KEEP_COMPLETED_SECONDS },
    removeOnFail: { age: KEEP_FAILED_SECONDS, count: KEEP_FAILED },
    stackTraceLimit: 5,
  };
}

/** Delay before the next attempt, in milliseconds: half fixed, half random, so that retries spread out. */
export function retryDelay(plan: RetryPlan, attemptsMade: number): number {
  const full = Math.min(plan.firstDelayMs * 2 ** Math.min(attemptsMade - 1, 30), plan.maxDelayMs);
  return Math.round(full / 2 + (Math.random() * full) / 2);
}
