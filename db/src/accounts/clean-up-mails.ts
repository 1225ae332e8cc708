import type { Sql } from '../client.ts';
import { type Step, type Stepped, type StepRow, stepped } from '../retention/walk.ts';

const FIRST = '00000000-0000-0000-0000-000000000000';

/** Deletes account mails that were sent, or whose link expired, before that time. No job sends them any more. */
export async function cleanUpAccountMails(sql: Sql, { before, after, limit }: Step): Promise<Stepped> {
  const [row] = await sql<StepRow[]>`
    with portion as materialized (
      select id, coalesce(sent_at, expires_at) as over_at from account_mails
      where id > ${after ?? FIRST}::uuid order by id limit ${limit}
    ), old as (
      select id from account_mails where id in (select id from portion where over_at < ${before})
      for update skip locked
    ), gone as (
      delete from account_mails where id in (select id from old) returning 1
    )
    select (select count(*) from gone)::int as gone, (select count(*) from portion)::int as read,
      (select id::text from portion order by id desc limit 1) as last`;
  return stepped(row, limit);
}
