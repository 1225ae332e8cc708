import { randomUUID } from 'node:crypto';
import { markPaid } from '@shopfast/db/orders/mark-paid';
import { openSale } from '@shopfast/db/sale.fixture';
import { listen } from '@shopfast/kit/http';
import { createLog } from '@shopfast/kit/log';
import Stripe from 'stripe';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createInboxApp } from '../inbox/app.ts';
import { createFaults } from '../inbox/faults.ts';
import { createMailbox } from '../inbox/mailbox.ts';
import { createStripeApp } from '../stripe/app.ts';
import { type Books, gatherFacts } from './facts.ts';
import { untilSettled } from './settled.ts';

const log = createLog('books', 'silent');
const mailbox = createMailbox();
let sale: Awaited<ReturnType<typeof openSale>>;
let books: Books;
let stripe: Stripe;

beforeEach(async () => {
  sale = await openSale();
  const { lifecycle, clock } = sale;
  mailbox.clear();
  const serve = async (app: { fetch: unknown }) => {
    const { port } = await listen({ fetch: app.fetch as never, port: 0, host: '127.0.0.1', lifecycle });
    return `http://127.0.0.1:${port}`;
  };
  const stripeApp = createStripeApp({ webhookSecret: 'whsec_x', webhookEvents: [], clock, log, lifecycle });
  const stripeUrl = await serve(stripeApp);
  const inboxUrl = await serve(createInboxApp({ mailbox, faults: createFaults(), log }));
  books = { sql: sale.sql, inboxUrl, stripeUrl, room: 'sale' };
  const { hostname: host, port } = new URL(stripeUrl);
  stripe = new Stripe('sk_test_1', { host, port, protocol: 'http', telemetry: false });
});
afterEach(() => sale.close());

const charge = (orderId: string) =>
  stripe.paymentIntents.create({
    ...{ amount: 12_900, currency: 'eur', payment_method: 'pm_card_visa', confirm: true },
    ...{ allowed_payment_method_types: ['card'], metadata: { order_id: orderId } },
  });

async function mail(orderId: string, template: string, copies = 1): Promise<void> {
  const messageId = `<${template}.${orderId}@shop.example>`;
  await sale.sql`
    insert into emails (cause, order_id, template, message_id, state)
    values (${`${template}:${orderId}`}, ${orderId}, ${template}, ${messageId}, 'sent')`;
  const letter = { from: 'shop@shop.example', to: [], subject: template, text: '', html: null, headers: {} };
  for (let copy = 0; copy < copies; copy += 1)
    mailbox.add({ ...letter, message_id: messageId, received_at: new Date().toISOString() });
}

test('the facts match the records: units, orders, money, mails, and charges without an order', async () => {
  const order = await sale.place();
  const intent = await charge(order.id);
  await charge(order.id);
  await stripe.refunds.create({ payment_intent: intent.id });
  const stray = randomUUID();
  await charge(stray);
  await mail(order.id, 'order_received', 2);

  const facts = await gatherFacts(books);
  expect(facts.products).toEqual([{ id: 'sneaker', stock: 50, available: 49, held: 1, sold: 0 }]);
  expect(facts.orders).toEqual([
    {
      ...{ id: order.id, jti: order.jti, state: 'pending_payment', payment_state: 'new' },
      ...{ late_payment: null, total: 12_900, money: { charges: 2, taken: 25_800, givenBack: 12_900 } },
    },
  ]);
  expect(facts.mails).toEqual([{ order_id: order.id, template: 'order_received', attempts: 1, received: 2 }]);
  expect(facts.chargesWithoutOrder).toEqual([stray]);
  expect(facts.violations).toEqual([]);
  expect(await gatherFacts({ ...books, room: 'elsewhere' })).toMatchObject({ products: [], orders: [] });
});

test('a sale is finished when its orders and jobs have ended and its mails are sent, not before', async () => {
  const isSettled = async () => (await untilSettled(books, { withinMs: 1 })) !== null;
  const order = await sale.place();
  expect(await isSettled()).toBe(false);
  await markPaid(sale.sql, { orderId: order.id, providerId: 'pi_1', now: new Date(sale.clock.now()) });
  await mail(order.id, 'order_received');
  expect(await isSettled()).toBe(false);
  await mail(order.id, 'order_paid');
  expect(await isSettled()).toBe(false);
  await sale.sql`update outbox set published_at = now()`;
  expect(await isSettled()).toBe(true);
  await sale.sql`update payments set state = 'refund_pending'`;
  expect(await isSettled()).toBe(false);
});
