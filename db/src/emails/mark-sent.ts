import type { EmailTemplate } from '@shopfast/kit/contracts/jobs';
import type { Sql } from '../client.ts';
import { emailCause } from './cause.ts';

/** The mail server has accepted the mail. */
export async function markEmailSent(
  sql: Sql,
  mail: { orderId: string; template: EmailTemplate; now: Date },
): Promise<void> {
  await sql`
    update emails set state = 'sent', sent_at = ${mail.now}
    where cause = ${emailCause(mail.orderId, mail.template)} and state <> 'sent'`;
}
