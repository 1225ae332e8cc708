import type { Sql } from '../client.ts';
import type { AccountMailTemplate } from '../schema/values.ts';

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
