import { outboxIdOf } from '@shopfast/kit/contracts/jobs';
import { type AuditEntry, auditChange } from './audit.ts';
import type { Sql } from './client.ts';
import { json } from './json.ts';
import type { DeadLetter } from './schema/jobs.ts';

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
      ${job.queue}, ${job.name}, ${job.job_id}, ${json(sql, job.payload)}, ${job.error}, ${job.attempts},
      ${job.failed_at}
    )
    on conflict (job_id) do update
    set error = excluded.error, attempts = excluded.attempts, failed_at = excluded.failed_at`;
}

export type DeadLetterFilter = {
  queue?: string | undefined;
  /** true: only those sent again; false: only those that were not. */
  resent?: boolean | undefined;
  /** The id of the last row of the previous page. */
  before?: number | undefined;
  limit: number;
};

/** Dead letters, newest first. */
export async function listDeadLetters(
  sql: Sql,
  { queue, resent, before, limit }: DeadLetterFilter,
): Promise<DeadLetter[]> {
  return await sql<DeadLetter[]>`
    select * from dead_letters
    where ${queue === undefined ? sql`true` : sql`queue = ${queue}`}
      and ${resent === undefined ? sql`true` : sql`(resent_at is not null) = ${resent}`}
      and ${before === undefined ? sql`true` : sql`id < ${before}`}
    order by id desc limit ${limit}`;
}

/** The number of dead letters that nobody has sent again, by queue; queues without any are left out. */
export async function countUnsent(sql: Sql): Promise<Record<string, number>> {
  const rows = await sql<{ queue: string; letters: number }[]>`
    select queue, count(*)::int as letters from dead_letters where resent_at is null group by queue`;
  return Object.fromEntries(rows.map(({ queue, letters }) => [queue, letters]));
}

export type ResendResult = 'resent' | 'resent_before' | 'unknown';

/**
 * Writes a dead letter to the outbox again, once, as a new job. If that job fails, it becomes a new dead letter.
 * @param entry audit entry, written only when this call resent the letter
 */
export async function resendDeadLetter(
  sql: Sql,
  { id, now }: { id: number; now: Date },
  entry?: AuditEntry,
): Promise<ResendResult> {
  const [row] = await sql<{ resent: boolean; known: boolean }[]>`
    with changed as (
      update dead_letters set resent_at = ${now} where id = ${id} and resent_at is null returning *
    ), job as (
      insert into outbox (queue, name, payload, created_at)
      select queue, name, payload, ${now} from changed
    )${entry ? sql`, ${auditChange(sql, entry)}` : sql``}
    select exists (select from changed) as resent,
      exists (select from dead_letters where id = ${id}) as known`;
  if (row?.resent) return 'resent';
  return row?.known ? 'resent_before' : 'unknown';
}
