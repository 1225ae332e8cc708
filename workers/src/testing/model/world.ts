import { randomUUID } from 'node:crypto';
import { connectDb } from '@shopfast/db/client';
import { findViolations } from '@shopfast/db/conservation';
import { type Purchase, purchase } from '@shopfast/db/orders/purchase';
import { storePaymentEvent } from '@shopfast/db/payment-events';
import { putRoom } from '@shopfast/db/sale.fixture';
import type { Order, PaymentState } from '@shopfast/db/schema/orders';
import { seed } from '@shopfast/db/seed';
import { createTestDatabase } from '@shopfast/db/testing';
import { manualClock } from '@shopfast/kit/clock';
import type { OrderState } from '@shopfast/kit/contracts/api';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { createLog } from '@shopfast/kit/log';
import { createStripeApp } from '@shopfast/sandbox/stripe/app';
import { eventDocument } from '@shopfast/sandbox/stripe/webhooks/deliver';
import type Stripe from 'stripe';
import type { PaymentDeps } from '../../payment/deps.ts';
import { handlePaymentEvent } from '../../payment/event.ts';
import { createResiliencePolicy } from '../../payment/resilience-policy.ts';
import { stripeProvider } from '../../payment/stripe.ts';
import type { StripeState } from '../shop.ts';

/** The fate of a provider call: answered; executed but the answer lost; or never sent. */
export type Fate = 'answered' | 'lost' | 'unsent';

export const HOLD_MS = 600_000;
export const ROOM = 'sale';
/** Few units, so that shoppers compete for them. */
export const PRODUCTS = {
  sneaker: { units: 5, perCustomerLimit: 3 },
  cap: { units: 3, perCustomerLimit: 2 },
  bag: { units: 2, perCustomerLimit: 2 },
} as const;
export type ProductId = keyof typeof PRODUCTS;

const KEY = 'sk_test_model';
const EVENTS = [
  'payment_intent.succeeded',
  'payment_intent.payment_failed',
  'payment_intent.canceled',
  'charge.refunded',
];

export type Seen = {
  state: OrderState;
  late: Order['late_payment'];
  pay: PaymentState;
  ref: string | null;
  total: number;
  customer: string;
};

/**
 * The real functions and handlers of buying on a real database, and the fake Stripe in this process. The test chooses
 * the fate of its calls and webhooks.
 */
export async function openWorld(databaseUrl: string) {
  const lifecycle = createLifecycle();
  const log = createLog('model', 'silent');
  const database = await createTestDatabase(databaseUrl);
  lifecycle.onClose('database', database.drop);
  const { sql } = connectDb(database.url, { name: 'model', max: 8, lifecycle, log });
  for (const [productId, product] of Object.entries(PRODUCTS))
    await seed(sql, { ...product, productId, room: ROOM, name: productId, price: 1_000, currency: 'EUR' });

  await putRoom(sql, ROOM);

  const clock = manualClock();
  const fates: Fate[] = [];
  let events: Stripe.Event[] = [];
  let stripe = openStripe();
  const policy = createResiliencePolicy({
    timeoutMs: 60_000,
    concurrency: 100,
    openAfterFailures: 1_000_000,
  });
  const send: typeof fetch = async (input, init) => {
    const fate = fates.shift() ?? 'answered';
    if (fate === 'unsent') throw new TypeError('the connection could not be made');
    const answer = await stripe.fetch(new Request(input, init));
    if (fate === 'lost') throw new TypeError('the connection broke');
    return answer;
  };
  const provider = stripeProvider({ secretKey: KEY, timeoutMs: 60_000, fetch: send }, policy);
  const deps: PaymentDeps = { sql, provider, policy, publicUrl: 'http://localhost:3000', clock, log };

  function openStripe() {
    const emit = (type: Stripe.Event.Type, object: Stripe.Event.Data.Object) => {
      const document = eventDocument(`evt_${randomUUID()}`, type, object, clock);
      if (EVENTS.includes(type)) events.push(JSON.parse(JSON.stringify(document)));
    };
    const none = { events: 0, attempts: 0, delivered: 0, pending: 0, given_up: 0 };
    return createStripeApp({
      ...{ secretKey: KEY, webhookSecret: 'unused', webhookEvents: [], publicUrl: 'http://bank.test' },
      ...{ clock, log, lifecycle, webhooks: { emit, counts: () => none } },
    });
  }

  return {
    sql,
    clock,
    deps,
    close: () => lifecycle.close(),
    /** Restores the initial state. */
    reset: async () => {
      fates.length = 0;
      events = [];
      stripe = openStripe();
      // With so few rows much faster than `truncate`.
      await sql`
        delete from order_items; delete from payments; delete from orders; delete from payment_events;
        delete from purchase_counts; delete from outbox;
        update inventory set available = stock, held = 0, sold = 0`.simple();
    },
    /** Sets the fates of the next provider calls. @returns removes the unused ones */
    nextCalls: (coming: readonly Fate[]) => {
      fates.push(...coming);
      return () => {
        fates.length = 0;
      };
    },
    buy: (wish: Pick<Purchase, 'jti' | 'email' | 'items' | 'paymentMethod'>) =>
      purchase(sql, {
        ...wish,
        ...{
          orderId: randomUUID(),
          ticketId: 'ticket',
          room: ROOM,
          epoch: 1,
          number: 1,
          tax: 0,
          shipping: 0,
        },
        ...{ destination: null, userId: null, idempotencyKey: null, requestHash: 'hash', locale: null },
        holdUntil: new Date(clock.now() + HOLD_MS),
        now: new Date(clock.now()),
      }),
    /** Delivers a webhook, perhaps again. @returns the event; undefined if there is none yet */
    deliver: async (nth: number): Promise<Stripe.Event | undefined> => {
      const event = events[nth % Math.max(1, events.length)];
      if (!event) return undefined;
      const payload = event as unknown as Record<string, unknown>;
      await storePaymentEvent(sql, {
        ...{ id: event.id, type: event.type, payload },
        receivedAt: new Date(clock.now()),
      });
      await handlePaymentEvent({ event_id: event.id }, deps);
      return event;
    },
    countEvents: () => events.length,
    /** The state of the payment at the provider. */
    intent: async (ref: string | null): Promise<Stripe.PaymentIntent | undefined> => {
      if (ref === null) return undefined;
      const headers = { Authorization: `Bearer ${KEY}` };
      const answer = await stripe.request(`/v1/payment_intents/${ref}`, { headers });
      return (await answer.json()) as Stripe.PaymentIntent;
    },
    /** The shopper acts on the bank's page. */
    visitBank: async (url: string, outcome: 'approve' | 'fail') => {
      await stripe.request(new URL(url).pathname, { method: 'POST', body: new URLSearchParams({ outcome }) });
    },
    money: async () => (await (await stripe.request('/_state')).json()) as StripeState,
    violations: () => findViolations(sql),
    see: async (): Promise<Map<string, Seen>> => {
      const rows = await sql<(Seen & { id: string })[]>`
        select o.id, o.state, o.late_payment as late, o.total, o.customer_key as customer, p.state as pay, p.provider_id as ref
        from orders o join payments p on p.order_id = o.id`;
      return new Map(rows.map((row) => [row.id, row]));
    },
    /** The mails in the outbox, as "template order". */
    mails: async (): Promise<string[]> => {
      const rows = await sql<{ mail: string }[]>`
        select (payload ->> 'template') || ' ' || (payload ->> 'order_id') as mail
        from outbox where name = 'email.send'`;
      return rows.map(({ mail }) => mail).sort();
    },
  };
}
export type World = Awaited<ReturnType<typeof openWorld>>;
