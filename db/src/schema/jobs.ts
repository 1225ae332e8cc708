import type { JobName } from '@shopfast/kit/contracts/jobs';
import type { QueueName } from '@shopfast/kit/contracts/limits';
import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { createdAt, instant } from './columns.ts';

/** Jobs, written in the statement that causes them. The relay adds them to their queues. */
export const outbox = pgTable(
  'outbox',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    queue: text().notNull().$type<QueueName>(),
    name: text().notNull().$type<JobName>(),
    payload: jsonb().notNull().$type<Record<string, unknown>>(),
    /** The job must not run earlier. */
    delay_until: instant(),
    created_at: createdAt(),
    /** Leased by a relay until then; see `publishOutbox`. */
    taken_until: instant(),
    published_at: instant(),
    /**
     * Set when the job has ended, successfully or as a dead letter. Until then it is queued again if its queue loses
     * it.
     */
    done_at: instant(),
  },
  (t) => [
    index('outbox_unpublished').on(t.id).where(sql`${t.published_at} is null`),
    index('outbox_undone')
      .on(t.published_at)
      .where(sql`${t.done_at} is null and ${t.published_at} is not null`),
  ],
);
export type OutboxRow = typeof outbox.$inferSelect;

/** Jobs whose attempts are used up. */
export const deadLetters = pgTable('dead_letters', {
  id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  queue: text().notNull().$type<QueueName>(),
  name: text().notNull(),
  job_id: text().notNull().unique(),
  payload: jsonb().notNull().$type<Record<string, unknown>>(),
  error: text().notNull(),
  attempts: integer().notNull(),
  failed_at: instant().notNull(),
  resent_at: instant(),
});
export type DeadLetter = typeof deadLetters.$inferSelect;
