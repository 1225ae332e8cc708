import type { Sql } from '@shopfast/db/client';
import { markEmailSent, reserveEmail } from '@shopfast/db/emails';
import { type FoundOrder, findOrder, namedItems } from '@shopfast/db/orders/find';
import type { Clock } from '@shopfast/kit/clock';
import type { JobPayload } from '@shopfast/kit/contracts/jobs';
import { UnrecoverableError } from 'bullmq';
import { orderUrl } from '../order-url.ts';
import type { Mailer } from './mailer.ts';
import { type MailFacts, renderMail } from './templates.ts';

export type SendEmailDeps = {
  sql: Sql;
  mailer: Mailer;
  /** The right-hand side of Message-IDs. */
  mailDomain: string;
  publicUrl: string;
  clock: Clock;
};

/**
 * Sends one mail of an order, once. If the mail server's answer is lost, it is sent again with the same Message-ID, so
 * that mailboxes recognise the copy.
 */
export async function sendEmail(
  { order_id: orderId, template }: JobPayload<'email.send'>,
  deps: SendEmailDeps,
): Promise<void> {
  const { sql, mailer, clock } = deps;
  const order = await findOrder(sql, orderId);
  if (!order) throw new UnrecoverableError(`there is no order ${orderId}`);
  const messageId = await reserveEmail(sql, {
    orderId,
    template,
    messageId: `<${template}.${orderId}@${deps.mailDomain}>`,
  });
  if (messageId === null) return;
  const mail = renderMail(template, {
    orderId,
    items: await itemsOf(sql, order),
    total: order.total,
    currency: order.currency,
    orderUrl: orderUrl(deps.publicUrl, orderId),
    locale: order.locale,
  });
  await mailer.send({ ...mail, messageId, to: order.email });
  await markEmailSent(sql, { orderId, template, now: new Date(clock.now()) });
}

/** Read only when there are several products. Most orders have one, whose name is known already. */
async function itemsOf(sql: Sql, order: FoundOrder): Promise<MailFacts['items']> {
  if (order.items.length > 1) return namedItems(sql, order.id);
  return [{ product: order.product_name, quantity: order.quantity }];
}
