import type { Sql } from '../client.ts';
import { type Step, type Stepped, type StepRow, stepped } from '../retention/walk.ts';

/**
 * Deletes mails that were sent before that time. Their rows keep a repeated job from sending twice. So the mails of an
 * order stay while any of its mail jobs is not done, because that job may be queued again.
 */
export async function cleanUpEmails(sql: Sql, { before, after, limit }: Step): Promise<Stepped> {
  const [row] = await sql<StepRow[]>`
    with portion as materialized (
      select cause, order_id, state, sent_at from emails where cause > ${after ?? ''} order by cause limit ${limit}
    ), open as materialized (
      select payload ->> 'order_id' as order_id from outbox
      where name = 'email.send' and (published_at is null or (done_at is null and published_at is not null))
    ), old as (
      select cause from emails
      where cause in (
        select cause from portion p
        where state = 'sent' and sent_at < ${before}
          and not exists (select from open where open.order_id = p.order_id::text))
      for update skip locked
    ), gone as (
      delete from emails where cause in (select cause from old) returning 1
    )
    select (select count(*) from gone)::int as gone, (select count(*) from portion)::int as read,
      (select max(cause) from portion) as last`;
  return stepped(row, limit);
}
