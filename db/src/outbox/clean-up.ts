import type { Sql } from '../client.ts';
import { type Step, type Stepped, type StepRow, stepped } from '../retention/walk.ts';

/**
 * Forgets jobs that were done before then. One that is not done stays, however old: it is to be handed over again.
 * Ids rise with time, so the walk ends at the first portion that reaches jobs born since.
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
