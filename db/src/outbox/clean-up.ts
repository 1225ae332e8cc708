import type { Sql } from '../client.ts';
import { type Step, type Stepped, type StepRow, stepped } from '../retention/walk.ts';

/**
 * Deletes jobs that were done before that time. An unfinished job stays at any age, because it must be queued again.
 * Ids rise with time, so the walk ends at the first portion with newer jobs.
 */
export async function cleanUpOutbox(sql: Sql, { before, after, limit }: Step): Promise<Stepped> {
  const [row] = await sql<StepRow[]>`
    with portion as materialized (
      select id, created_at, done_at from outbox where id > ${after ?? '0'}::bigint order by id limit ${limit}
    ), old as (
      select id from outbox where id in (select id from portion where done_at < ${before})
      for update skip locked
    ), gone as (
      delete from outbox where id in (select id from old) returning 1
    )
    select (select count(*) from gone)::int as gone,
      (select count(*) from portion where created_at < ${before})::int as read,
      (select max(id) from portion)::text as last`;
  return stepped(row, limit);
}
