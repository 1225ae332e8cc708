import type { Sql } from '../client.ts';
import { type Step, type Stepped, type StepRow, stepped } from '../retention/walk.ts';

/** Deletes turn reminders that were sent, or expired, before that time. No job sends them any more. */
export async function cleanUpTurnReminders(sql: Sql, { before, after, limit }: Step): Promise<Stepped> {
  const [row] = await sql<StepRow[]>`
    with portion as materialized (
      select cause, coalesce(sent_at, expires_at) as over_at from turn_mails
      where cause > ${after ?? ''} order by cause limit ${limit}
    ), old as (
      select cause from turn_mails where cause in (select cause from portion where over_at < ${before})
      for update skip locked
    ), gone as (
      delete from turn_mails where cause in (select cause from old) returning 1
    )
    select (select count(*) from gone)::int as gone, (select count(*) from portion)::int as read,
      (select max(cause) from portion) as last`;
  return stepped(row, limit);
}
