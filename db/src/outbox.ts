import { outboxIdOf } from '@shopfast/kit/contracts/jobs';
import type { Sql } from './client.ts';
import type { OutboxRow } from './schema/jobs.ts';

export type OutboxJob = Pick<OutboxRow, 'id' | 'queue' | 'name' | 'payload' | 'delay_until'>;

/**
 * Passes the oldest unpublished jobs to `add` and marks them published. Relays share the work: each leases its rows, so
 * no transaction stays open while it waits for the queue. If `add` fails, the rows are free at once. If this process
 * dies, they are free after the lease, and are added at most twice, under the same id.
 * @returns how many jobs were published
 */
export async function publishOutbox(
  sql: Sql,
  options: { limit: number; leaseSeconds: number },
  add: (jobs: OutboxJob[]) => Promise<void>,
): Promise<number> {
  const jobs = await lease(sql, options);
  if (jobs.length === 0) return 0;
  const ids = jobs.map((job) => job.id);
  try {
    await add(jobs);
  } catch (error) {
    await sql`update outbox set taken_until = null where id = any(${ids}::bigint[]) and published_at is null`;
    throw error;
  }
  await sql`update outbox set published_at = now() where id = any(${ids}::bigint[])`;
  return jobs.length;
}

async function lease(sql: Sql, { limit, leaseSeconds }: { limit: number; leaseSeconds: number }) {
  const jobs = await sql<OutboxJob[]>`
    update outbox set taken_until = now() + make_interval(secs => ${leaseSeconds})
    where id in (
      select id from outbox
      where published_at is null and (taken_until is null or taken_until <= now())
      order by id limit ${limit}
      for update skip locked
    )
    returning id, queue, name, payload, delay_until`;
  return [...jobs].sort((a, b) => a.id - b.id);
}

/** Marks the job of an outbox row as ended. It is not queued again, even when its queue loses it. */
export async function markJobDone(sql: Sql, jobId: string | undefined): Promise<void> {
  const id = outboxIdOf(jobId);
  if (id !== undefined) await sql`update outbox set done_at = now() where id = ${id} and done_at is null`;
}

/**
 * Lets the relay publish jobs again that were published more than `lateMs` ago (a delayed job: were due then) and are
 * not done. A queue that still has the job ignores it by its id; a queue that was emptied, or lost its last second,
 * gets it again.
 * @returns how many
 */
export async function requeue(
  sql: Sql,
  { lateMs, limit }: { lateMs: number; limit: number },
): Promise<number> {
  const rows = await sql`
    update outbox set published_at = null, taken_until = null
    where id in (
      select id from outbox
      where done_at is null and published_at < now() - make_interval(secs => ${lateMs / 1_000})
        and (delay_until is null or delay_until < now() - make_interval(secs => ${lateMs / 1_000}))
      order by published_at limit ${limit}
      for update skip locked
    )
    returning id`;
  return rows.length;
}

/** How many jobs wait for the relay, and the age of the oldest one. */
export async function outboxBacklog(sql: Sql): Promise<{ jobs: number; oldest_seconds: number }> {
  const [row] = await sql<{ jobs: number; oldest_seconds: number }[]>`
    select count(*) as jobs, coalesce(extract(epoch from now() - min(created_at)), 0)::float8 as oldest_seconds
    from outbox where published_at is null`;
  return row!;
}
