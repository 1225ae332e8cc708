import { markAccountMailSent, takeAccountMail } from '@shopfast/db/account-mails';
import type { JobPayload } from '@shopfast/kit/contracts/jobs';
import { renderAccountMail } from './account-mails.ts';
import type { SendEmailDeps } from './send.ts';

/**
 * Sends one account mail, once, unless its link has expired or the account is gone. The secret is read from the
 * database, so it is in no job. If the mail server's answer is lost, a copy follows with the same Message-ID.
 */
export async function sendAccountEmail(
  { mail_id: id }: JobPayload<'email.account'>,
  { sql, mailer, clock, publicUrl, mailDomain }: SendEmailDeps,
): Promise<void> {
  const mail = await takeAccountMail(sql, { id, now: new Date(clock.now()) });
  if (!mail) return;
  const { template, secret, address, locale } = mail;
  await mailer.send({
    ...renderAccountMail(template, { publicUrl, secret, locale }),
    messageId: `<${template}.${id}@${mailDomain}>`,
    to: address,
  });
  await markAccountMailSent(sql, { id, now: new Date(clock.now()) });
}
