import type { Sql } from '../client.ts';

/** How many jobs wait for the relay, and the age of the oldest one. */
export async function outboxBacklog(sql: Sql): Promise<{ jobs: number; oldest_seconds: number }> {
  const [row] = await sql<{ jobs: number; oldest_seconds: number }[]>`
    select count(*) as jobs, coalesce(extract(epoch from now() - min(created_at)), 0)::float8 as oldest_seconds
    from outbox where published_at is null`;
  return row!;
}
