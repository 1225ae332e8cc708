import type { Sql } from '../client.ts';
import type { AccountMailTemplate } from '../schema/accounts.ts';

export type NewAccountMail = {
  id: string;
  userId: string;
  template: AccountMailTemplate;
  address: string;
  /** What its link proves; null for a mail without one. */
  secret: string | null;
  /** BCP 47, of whoever asked for it; null when it is not known. */
  locale: string | null;
  expiresAt: Date;
  now: Date;
};

/** Writes a mail down together with the job that sends it. The job knows the mail's id alone. */
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
