import type { EmailTemplate } from '@shopfast/kit/contracts/jobs';
import type { Sql } from './client.ts';
import { type Step, type Stepped, type StepRow, stepped } from './retention.ts';

/** The cause of a mail. An order reaches each of its states once, so each template is sent once per order. */
export const emailCause = (orderId: string, template: EmailTemplate) => `${template}:${orderId}`;

/**
 * Records that a mail is about to be sent, with a Message-ID that stays the same over retries.
 * @returns the Message-ID to send it with, or null if it was sent before
 */
export async function reserveEmail(
  sql: Sql,
  mail: { orderId: string; template: EmailTemplate; messageId: string },
): Promise<string | null> {
  const [row] = await sql<{ message_id: string }[]>`
    insert into emails as e (cause, order_id, template, message_id)
    values (${emailCause(mail.orderId, mail.template)}, ${mail.orderId}, ${mail.template}, ${mail.messageId})
    on conflict (cause) do update set attempts = e.attempts + 1 where e.state <> 'sent'
    returning message_id`;
  return row?.message_id ?? null;
}

/** The mail server has accepted the mail. */
export async function markEmailSent(
  sql: Sql,
  mail: { orderId: string; template: EmailTemplate; now: Date },
): Promise<void> {
  await sql`
    update emails set state = 'sent', sent_at = ${mail.now}
    where cause = ${emailCause(mail.orderId, mail.template)} and state <> 'sent'`;
}

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
