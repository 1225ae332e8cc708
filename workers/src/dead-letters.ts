import type { Sql } from '@shopfast/db/client';
import { recordDeadLetter, resendDeadLetter } from '@shopfast/db/dead-letters';
import { type Author, auditEntry } from '@shopfast/kit/admin/author';
import type { Clock } from '@shopfast/kit/clock';
import { QUEUES, type QueueName } from '@shopfast/kit/contracts/limits';
import { storable } from '@shopfast/kit/contracts/text';
import { Problem } from '@shopfast/kit/errors';
import type { Job } from 'bullmq';
import type { Queues } from './queues.ts';

const PAGE = 100;

/** Stores a job that will not be tried again as dead letter. A repeated call has no effect. */
export async function recordFailedJob(sql: Sql, job: Job): Promise<void> {
  await recordDeadLetter(sql, {
    // Workers run only the queues of the contract.
    queue: job.queueName as QueueName,
    name: job.name,
    job_id: job.id ?? '',
    payload: storable(job.data),
    error: storable(job.failedReason ?? ''),
    attempts: job.attemptsMade,
    failed_at: new Date(job.finishedOn ?? job.timestamp),
  });
}

/**
 * Stores every job that failed for good since `since` (ms). It finds those whose worker could not do it, because the
 * worker died or the database was unavailable.
 */
export async function sweepFailedJobs(sql: Sql, queues: Queues, since: number): Promise<void> {
  for (const name of QUEUES) {
    for (let start = 0; ; start += PAGE) {
      const newestFirst = await queues[name].getFailed(start, start + PAGE - 1);
      const recent = newestFirst.filter((job) => (job.finishedOn ?? 0) >= since);
      for (const job of recent) await recordFailedJob(sql, job);
      if (recent.length < PAGE) break;
    }
  }
}

/**
 * Sends a dead letter again, once, audited. A repeated call has no effect.
 * @returns whether this call sent it
 * @throws Problem dead_letter_unknown
 */
export async function resend(
  { sql, clock }: { sql: Sql; clock: Clock },
  id: number,
  author: Author,
): Promise<boolean> {
  const at = clock.now();
  const entry = auditEntry(author, at, { action: 'dead_letter.resend', target: String(id) });
  const outcome = await resendDeadLetter(sql, { id, now: new Date(at) }, entry);
  if (outcome === 'unknown') throw new Problem('dead_letter_unknown');
  return outcome === 'resent';
}
