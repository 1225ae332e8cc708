import type { Sql } from './client.ts';
import { type Step, type Stepped, type StepRow, stepped } from './retention.ts';
import type { AccountMail, AccountMailTemplate } from './schema/accounts.ts';

export type NewAccountMail = {
  id: string;
  userId: string;
  template: AccountMailTemplate;
  address: string;
  /** The secret in its link; null for a mail without a link. */
  secret: string | null;
  /** BCP 47 tag of the requester's language; null when unknown. */
  locale: string | null;
  expiresAt: Date;
  now: Date;
};

/** Stores a mail together with the job that sends it. The job contains only the mail's id. */
export async function queueAccountMail(sql: Sql, mail: NewAccountMail): Promise<void> {
  await sql`
    with mail as (
      insert into account_mails (id, user_id, template, address, secret, locale, expires_at, created_at)
      values (
        ${mail.id}, ${mail.userId}, ${mail.template}, ${mail.address}, ${mail.secret}, ${mail.locale},
        ${mail.expiresAt}, ${mail.now}
      )
    )
    insert into outbox (queue, name, payload, created_at)
    values ('email', 'email.account', jsonb_build_object('mail_id', ${mail.id}::uuid), ${mail.now})`;
}

/**
 * An unsent mail, with this attempt counted; undefined when it was sent, has expired, or its account no longer exists.
 */
export async function takeAccountMail(
  sql: Sql,
  { id, now }: { id: string; now: Date },
): Promise<AccountMail | undefined> {
  const [mail] = await sql<AccountMail[]>`
    update account_mails set attempts = attempts + 1
    where id = ${id} and sent_at is null and expires_at > ${now}
    returning *`;
  return mail;
}

/** The mail server has accepted the mail. Its secret is no longer needed and is deleted. */
export async function markAccountMailSent(sql: Sql, { id, now }: { id: string; now: Date }): Promise<void> {
  await sql`update account_mails set sent_at = ${now}, secret = null where id = ${id}`;
}

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
