import { outboxIdOf } from '@shopfast/kit/contracts/jobs';
import type { Sql } from '../client.ts';
import type { DeadLetter } from '../schema/jobs.ts';

export type FailedJob = Pick<
  DeadLetter,
  'queue' | 'name' | 'job_id' | 'payload' | 'error' | 'attempts' | 'failed_at'
>;

/** Stores a job whose attempts are used up. Recording it again only updates the failure. */
export async function recordDeadLetter(sql: Sql, job: FailedJob): Promise<void> {
  await sql`
    with done as (
      update outbox set done_at = now() where id = ${outboxIdOf(job.job_id) ?? null} and done_at is null
    )
    insert into dead_letters (queue, name, job_id, payload, error, attempts, failed_at)
    values (
      ${job.queue}, ${job.name}, ${job.job_id}, ${sql.json(job.payload as never)}, ${job.error}, ${job.attempts},
      ${job.failed_at}
    )
    on conflict (job_id) do update
    set error = excluded.error, attempts = excluded.attempts, failed_at = excluded.failed_at`;
}
