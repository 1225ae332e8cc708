import type { Sql } from './client.ts';
import { type Step, type Stepped, type StepRow, stepped } from './retention.ts';
import type { TurnReminder } from './schema/turn-reminders.ts';

export type NewTurnReminder = Pick<
  TurnReminder,
  'cause' | 'address' | 'locale' | 'room_name' | 'resume_url' | 'stop_url' | 'created_at' | 'expires_at'
> & {
  /** Default: `turn_near`. */
  kind?: TurnReminder['kind'];
};

/** Stores mails. A trigger adds the job of each in the same transaction. A known cause changes nothing. */
export async function queueTurnReminders(sql: Sql, mails: NewTurnReminder[]): Promise<void> {
  if (mails.length > 0) await sql`insert into turn_mails ${sql(mails)} on conflict do nothing`;
}

/** The address and the link are null after sending; here they are always set. */
export type UnsentTurnReminder = TurnReminder & { address: string; resume_url: string };

/** An unsent mail, with this attempt counted; undefined when it was sent or has expired. */
export async function takeTurnReminder(
  sql: Sql,
  { cause, now }: { cause: string; now: Date },
): Promise<UnsentTurnReminder | undefined> {
  const [mail] = await sql<UnsentTurnReminder[]>`
    update turn_mails set attempts = attempts + 1
    where cause = ${cause} and sent_at is null and expires_at > ${now}
    returning *`;
  return mail;
}

/** The mail server has accepted the mail. Its address and links are no longer needed and are deleted. */
export async function markTurnReminderSent(
  sql: Sql,
  { cause, now }: { cause: string; now: Date },
): Promise<void> {
  await sql`
    update turn_mails set sent_at = ${now}, address = null, resume_url = null, stop_url = null
    where cause = ${cause}`;
}

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
