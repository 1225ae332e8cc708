import type { EmailTemplate } from '@shopfast/kit/contracts/jobs';
import type { Sql } from '../client.ts';
import { emailCause } from './cause.ts';

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
