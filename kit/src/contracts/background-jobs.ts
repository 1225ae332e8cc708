import { QUEUES } from './limits.ts';
import { count, pageSize, rowNumber } from './text.ts';
import { z } from './zod.ts';

/** What operators see of the background jobs: `/v1/admin/jobs` and `/v1/admin/dead-letters`. */

/** Query of a list of dead letters. */
export const deadLetterQuery = z.strictObject({
  queue: z.enum(QUEUES).optional(),
  /** true: only those that were sent again; false: only those that were not; absent: all. */
  resent: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
  /** `next_before` of the previous page. */
  before: rowNumber.optional(),
  limit: pageSize({ most: 500, usual: 100 }),
});

/** Path parameters of one dead letter. */
export const deadLetterParams = z.object({ id: rowNumber });

/** A job that used up its attempts. */
const deadLetter = z
  .object({
    id: count,
    queue: z.enum(QUEUES),
    name: z.string(),
    job_id: z.string(),
    payload: z.record(z.string(), z.unknown()),
    error: z.string(),
    attempts: count,
    failed_at: z.iso.datetime(),
    resent_at: z.iso.datetime().nullable(),
  })
  .openapi('DeadLetter');
export type DeadLetter = z.infer<typeof deadLetter>;
export const deadLetterPage = z
  .object({ dead_letters: z.array(deadLetter), next_before: count.nullable() })
  .openapi('DeadLetterPage');
export type DeadLetterPage = z.infer<typeof deadLetterPage>;
export const resentDeadLetter = z
  .object({ id: count, resent_before: z.boolean() })
  .openapi('ResentDeadLetter');
export type ResentDeadLetter = z.infer<typeof resentDeadLetter>;

const queueFigures = z.object({
  queue: z.enum(QUEUES),
  waiting: count,
  active: count,
  /** Jobs that wait for a later attempt. */
  delayed: count,
  /** How long the next job has waited for a worker; null when none waits. */
  oldest_seconds: z.number().nullable(),
});
export type QueueFigures = z.infer<typeof queueFigures>;

/** What operators see of background work. A part that cannot be read (its store is unavailable) is null. */
export const jobFigures = z
  .object({
    at: z.iso.datetime(),
    /** Jobs that have not reached their queue yet. */
    outbox: z.object({ jobs: count, oldest_seconds: z.number() }).nullable(),
    queues: z.array(queueFigures).nullable(),
    /** How attempts ended in the last minutes. */
    attempts: z.object({
      minutes: count,
      queues: z.array(z.object({ queue: z.enum(QUEUES), done: count, later: count, failed: count })),
    }),
    payment: z.object({ breaker: z.enum(['closed', 'half_open', 'open']) }),
    /** By queue, without those that were sent again. */
    dead_letters: z.record(z.string(), count).nullable(),
  })
  .openapi('JobFigures');
export type JobFigures = z.infer<typeof jobFigures>;
