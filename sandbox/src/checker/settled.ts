import { setTimeout as wait } from 'node:timers/promises';
import { isUnavailable } from '@shopfast/db/postgres-error';
import { expectedMails } from './expected-mails.ts';
import { type Books, readOrders } from './facts.ts';
import { paymentsAreQuiet } from './payments.ts';

const ASK_EVERY_MS = 250;
const ENDED_PAYMENTS = ['succeeded', 'declined', 'cancelled', 'refunded'];

/**
 * Waits until a sale is finished: every order and payment has ended, every job was published, every mail was sent, and
 * the payment service is idle.
 * @returns how long it took, ms; null if it did not finish in time
 */
export async function untilSettled(
  books: Books,
  { withinMs, signal }: { withinMs: number; signal?: AbortSignal },
): Promise<number | null> {
  const started = performance.now();
  while (performance.now() - started < withinMs && !signal?.aborted) {
    if (await isQuiet(books)) return Math.round(performance.now() - started);
    await wait(ASK_EVERY_MS);
  }
  return null;
}

/** A shop whose records cannot be read at the moment counts as busy. */
async function isQuiet(books: Books): Promise<boolean> {
  try {
    return (
      (await shopIsQuiet(books)) && (await paymentsAreQuiet(books.stripeUrl)) && (await shopIsQuiet(books))
    );
  } catch (error) {
    if (isUnavailable(error)) return false;
    throw error;
  }
}

async function shopIsQuiet({ sql, room }: Books): Promise<boolean> {
  const orders = await readOrders(sql, room);
  if (
    orders.some((order) => order.state === 'pending_payment' || !ENDED_PAYMENTS.includes(order.payment_state))
  )
    return false;
  const [outbox] = await sql<
    { n: number }[]
  >`select count(*)::int as n from outbox where published_at is null`;
  const mails = await sql<{ order_id: string; template: string }[]>`
    select m.order_id, m.template from emails m join orders o on o.id = m.order_id
    where o.room_id = ${room} and m.state = 'sent'`;
  const sent = new Set(mails.map((mail) => `${mail.template} ${mail.order_id}`));
  const allSent = orders.every((order) =>
    expectedMails(order).every((template) => sent.has(`${template} ${order.id}`)),
  );
  return outbox?.n === 0 && allSent;
}
