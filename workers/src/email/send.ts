import type { Sql } from '@shopfast/db/client';
import {
  type MailRef,
  markMailSent,
  takeAccountMail,
  takeOrderMail,
  takeTurnReminder,
} from '@shopfast/db/mails';
import { type FoundOrder, findOrder, namedItems } from '@shopfast/db/orders/find';
import type { Clock } from '@shopfast/kit/clock';
import type { JobPayload } from '@shopfast/kit/contracts/jobs';
import { UnrecoverableError } from 'bullmq';
import { orderUrl } from '../shop-urls.ts';
import type { Mail, Mailer } from './mailer.ts';
import {
  type MailFacts,
  renderAccountMail,
  renderOrderMail,
  renderPlaceMail,
  renderTurnReminder,
} from './templates.ts';

export type SendMailDeps = {
  sql: Sql;
  mailer: Mailer;
  /** The right-hand side of Message-IDs. */
  mailDomain: string;
  publicUrl: string;
  clock: Clock;
};

type MailJobName = 'email.send' | 'email.account' | 'email.turn';
/** A job of the queue `email`: its name and its payload. */
export type MailJob = {
  [Name in MailJobName]: { name: Name; payload: JobPayload<Name> };
}[MailJobName];

/** A mail that is ready to be sent. `ref` names its row. */
type Letter = { ref: MailRef; mail: Mail };

/**
 * Sends the mail of a job, once. If the mail server's answer is lost, it is sent again with the same Message-ID, so that
 * mailboxes recognise the copy.
 */
export async function sendMail(job: MailJob, deps: SendMailDeps): Promise<void> {
  const letter = await compose(job, deps);
  if (!letter) return;
  await deps.mailer.send(letter.mail);
  await markMailSent(deps.sql, letter.ref, new Date(deps.clock.now()));
}

/** @returns undefined when the mail was sent before, or is no longer wanted */
function compose(job: MailJob, deps: SendMailDeps): Promise<Letter | undefined> {
  switch (job.name) {
    case 'email.send':
      return orderMail(job.payload, deps);
    case 'email.account':
      return accountMail(job.payload, deps);
    case 'email.turn':
      return roomMail(job.payload, deps);
  }
}

async function orderMail(
  { order_id: orderId, template }: JobPayload<'email.send'>,
  { sql, mailDomain, publicUrl }: SendMailDeps,
): Promise<Letter | undefined> {
  const order = await findOrder(sql, orderId);
  if (!order) throw new UnrecoverableError(`there is no order ${orderId}`);
  const ref = { kind: 'order' as const, orderId, template };
  const messageId = await takeOrderMail(sql, { ...ref, messageId: `<${template}.${orderId}@${mailDomain}>` });
  if (messageId === undefined) return undefined;
  const content = renderOrderMail(template, {
    orderId,
    items: await itemsOf(sql, order),
    total: order.total,
    currency: order.currency,
    orderUrl: orderUrl(publicUrl, orderId),
    locale: order.locale,
  });
  return { ref, mail: { ...content, messageId, to: order.email } };
}

/** Read only when there are several products. Most orders have one, whose name is known already. */
async function itemsOf(sql: Sql, order: FoundOrder): Promise<MailFacts['items']> {
  if (order.items.length > 1) return namedItems(sql, order.id);
  return [{ product: order.product_name, quantity: order.quantity }];
}

/** Not sent if its link has expired or the account is gone. The secret is read from the database, so it is in no job. */
async function accountMail(
  { mail_id: id }: JobPayload<'email.account'>,
  { sql, clock, mailDomain, publicUrl }: SendMailDeps,
): Promise<Letter | undefined> {
  const taken = await takeAccountMail(sql, { id, now: new Date(clock.now()) });
  if (!taken) return undefined;
  const { template, secret, address, locale } = taken;
  const content = renderAccountMail(template, { publicUrl, secret, locale });
  const messageId = `<${template}.${id}@${mailDomain}>`;
  return { ref: { kind: 'account', id }, mail: { ...content, messageId, to: address } };
}

/** Tells a waiter that the turn is near, or that the address joined again. Not sent if it is too late. */
async function roomMail(
  { cause }: JobPayload<'email.turn'>,
  { sql, clock, mailDomain }: SendMailDeps,
): Promise<Letter | undefined> {
  const taken = await takeTurnReminder(sql, { cause, now: new Date(clock.now()) });
  if (!taken) return undefined;
  const { kind, address, room_name: room, resume_url: resumeUrl, stop_url: stopUrl, locale } = taken;
  const facts = { room, resumeUrl, locale };
  const content = kind === 'turn_near' ? renderTurnReminder({ ...facts, stopUrl }) : renderPlaceMail(facts);
  const messageId = `<${kind}.${cause.replaceAll(':', '.')}@${mailDomain}>`;
  const stop = stopUrl === null ? {} : { stopUrl };
  return { ref: { kind: 'room', cause }, mail: { ...content, ...stop, messageId, to: address } };
}
