import type { Sql } from '../client.ts';
import type { OutboxRow } from '../schema/jobs.ts';

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
