import type { Sql } from '../client.ts';
import { type Step, type Stepped, type StepRow, stepped } from '../retention/walk.ts';

/** Deletes payment events that were handled before that time. Their effects are stored in orders and payments. */
export async function cleanUpPaymentEvents(sql: Sql, { before, after, limit }: Step): Promise<Stepped> {
  const [row] = await sql<StepRow[]>`
    with portion as materialized (
      select id, handled_at from payment_events where id > ${after ?? ''} order by id limit ${limit}
    ), old as (
      select id from payment_events where id in (select id from portion where handled_at < ${before})
      for update skip locked
    ), gone as (
      delete from payment_events where id in (select id from old) returning 1
    )
    select (select count(*) from gone)::int as gone, (select count(*) from portion)::int as read,
      (select max(id) from portion) as last`;
  return stepped(row, limit);
}
