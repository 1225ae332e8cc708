import type { JobName } from '@shopfast/kit/contracts/jobs';
import type { JobsOptions } from 'bullmq';

/** How often a job is tried, and how long it waits between: `firstDelayMs`, then twice as long each time up to `maxDelayMs`. */
export type RetryPlan = { attempts: number; firstDelayMs: number; maxDelayMs: number };
export type RetryPlans = Record<JobName, RetryPlan>;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Attempts that ran out become a dead letter. */
export const retryPlans: RetryPlans = {
  // About 6 minutes. A provider that is down is not counted here: its breaker opens, and jobs wait without attempts.
  'payment.charge': { attempts: 12, firstDelayMs: SECOND, maxDelayMs: MINUTE },
  'payment.event': { attempts: 12, firstDelayMs: SECOND, maxDelayMs: MINUTE },
  // About a day: nobody waits for these in front of a screen, and none may be lost to a long outage.
  'payment.refund': { attempts: 60, firstDelayMs: 5 * SECOND, maxDelayMs: 30 * MINUTE },
  'email.send': { attempts: 60, firstDelayMs: 5 * SECOND, maxDelayMs: 30 * MINUTE },
  'email.account': { attempts: 60, firstDelayMs: 5 * SECOND, maxDelayMs: 30 * MINUTE },
  // About an hour, when nobody is helped by it any more; the row in the database ends it then.
  'email.turn': { attempts: 40, firstDelayMs: 2 * SECOND, maxDelayMs: 2 * MINUTE },
  'holds.expire': { attempts: 300, firstDelayMs: SECOND, maxDelayMs: 5 * MINUTE },
  'slots.settle': { attempts: 300, firstDelayMs: SECOND, maxDelayMs: 5 * MINUTE },
};

/** Finished jobs keep their id taken for two days, far longer than the outbox may hand a row in again. */
const KEEP_COMPLETED_SECONDS = 2 * 24 * 60 * 60;

/**
 * Jobs that failed for good are dead letters in Postgres; here they are kept for looking at, and for the sweep that writes
 * down those whose worker could not. One that is forgotten unwritten is not done in the outbox, so it comes again.
 */
const KEEP_FAILED_SECONDS = 7 * 24 * 60 * 60;
const KEEP_FAILED = 10_000;

/** BullMQ options of a job; its waits come from {@link retryDelay}. */
export function jobOptions(name: JobName, plans: RetryPlans): JobsOptions {
  return {
    attempts: plans[name].attempts,
    backoff: { type: 'plan' },
    removeOnComplete: { age: KEEP_COMPLETED_SECONDS },
    removeOnFail: { age: KEEP_FAILED_SECONDS, count: KEEP_FAILED },
    stackTraceLimit: 5,
  };
}

/** The wait before the next attempt, in milliseconds: half of it fixed, half by chance, so that failures spread out. */
export function retryDelay(plan: RetryPlan, attemptsMade: number): number {
  const full = Math.min(plan.firstDelayMs * 2 ** Math.min(attemptsMade - 1, 30), plan.maxDelayMs);
  return Math.round(full / 2 + (Math.random() * full) / 2);
}
