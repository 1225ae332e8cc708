import type { EmailTemplate } from '@shopfast/kit/contracts/jobs';
import type { Sql } from './client.ts';
import type { AccountMail, TurnReminder } from './schema/mails.ts';
import type { AccountMailTemplate } from './schema/values.ts';

/**
 * Identifies a mail. Each has one row, so that a repeated job sees that it was sent. `order`: a state that an order
 * reached. `account`: a mail of an account. `room`: a turn reminder, or the mail about a second join.
 */
export type MailRef =
  | { kind: 'order'; orderId: string; template: EmailTemplate }
  | { kind: 'account'; id: string }
  | { kind: 'room'; cause: string };

/** The cause of an order's mail. An order reaches each of its states once, so each template is sent once per order. */
export const emailCause = (orderId: string, template: EmailTemplate) => `${template}:${orderId}`;

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

/**
 * Records that the mail of an order is about to be sent, with a Message-ID that stays the same over retries.
 * @returns the Message-ID to send it with, or undefined if it was sent before
 */
export async function takeOrderMail(
  sql: Sql,
  mail: { orderId: string; template: EmailTemplate; messageId: string },
): Promise<string | undefined> {
  const [row] = await sql<{ message_id: string }[]>`
    insert into emails as e (cause, order_id, template, message_id)
    values (${emailCause(mail.orderId, mail.template)}, ${mail.orderId}, ${mail.template}, ${mail.messageId})
    on conflict (cause) do update set attempts = e.attempts + 1 where e.state <> 'sent'
    returning message_id`;
  return row?.message_id;
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

/** The mail server has accepted the mail. Secrets, links and a waiter's address are no longer needed: they are deleted. */
export async function markMailSent(sql: Sql, mail: MailRef, now: Date): Promise<void> {
  switch (mail.kind) {
    case 'order':
      await sql`
        update emails set state = 'sent', sent_at = ${now}
        where cause = ${emailCause(mail.orderId, mail.template)} and state <> 'sent'`;
      return;
    case 'account':
      await sql`update account_mails set sent_at = ${now}, secret = null where id = ${mail.id}`;
      return;
    case 'room':
      await sql`
        update turn_mails set sent_at = ${now}, address = null, resume_url = null, stop_url = null
        where cause = ${mail.cause}`;
  }
}
