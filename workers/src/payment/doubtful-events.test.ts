import { randomUUID } from 'node:crypto';
import { storePaymentEvent } from '@shopfast/db/payment-events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestShop, type TestShop } from '../testing/shop.ts';
import { servers } from '../testing/urls.ts';
import { chargeOrder } from './charge.ts';
import { handlePaymentEvent } from './event.ts';
import { refundOrder } from './refund.ts';
import { sweepOpenPayments } from './sweep.ts';

let shop: TestShop;
const alarms: string[] = [];
beforeAll(async () => {
  shop = await openTestShop(servers(), { units: 100 });
});
afterAll(async () => {
  expect(await shop?.violations()).toEqual([]);
  await shop?.close();
});

const deps = () => ({ ...shop.deps, onAlarm: (kind: string) => void alarms.push(kind) });

/** An order that waits for the bank, and the id of its payment. */
async function waiting(): Promise<{ order: string; ref: string }> {
  const order = await shop.placeOrder({ paymentMethod: 'pm_card_threeDSecureRequired' });
  await chargeOrder({ order_id: order }, deps());
  return { order, ref: (await shop.find(order)).payment_provider_id ?? '' };
}
async function paid(): Promise<{ order: string; ref: string }> {
  const order = await shop.placeOrder();
  await chargeOrder({ order_id: order }, deps());
  expect(await shop.stateOf(order)).toBe('paid');
  return { order, ref: (await shop.find(order)).payment_provider_id ?? '' };
}

/** Handles an event as the provider would have signed it. @returns the alarms that it raised */
async function handleEvent(type: string, object: Record<string, unknown>): Promise<string[]> {
  const id = `evt_${randomUUID()}`;
  const payload = { id, object: 'event', type, data: { object } };
  await storePaymentEvent(shop.sql, { id, type, payload, receivedAt: new Date() });
  alarms.length = 0;
  await handlePaymentEvent({ event_id: id }, deps());
  const letters = await shop.sql<{ name: string; queue: string; error: string }[]>`
    select name, queue, error from dead_letters where payload ->> 'event_id' = ${id}`;
  expect(letters).toHaveLength(alarms.length);
  for (const letter of letters) expect(letter).toMatchObject({ name: 'payment.event', queue: 'payment' });
  const [event] = await shop.sql`select handled_at from payment_events where id = ${id}`;
  expect(event?.handled_at).toBeInstanceOf(Date);
  return [...alarms];
}

const intent = (order: string, ref: string, more: object = {}) => ({
  ...{ id: ref, metadata: { order_id: order }, amount: 4_900, amount_received: 4_900, currency: 'eur' },
  ...more,
});
const isUntouched = async ({ order, ref }: { order: string; ref: string }) =>
  expect(await shop.find(order)).toMatchObject({
    ...{ state: 'pending_payment', payment_state: 'requires_action', payment_provider_id: ref },
  });

test.each([
  ['over one yen, of another payment', 'pi_foreign', { amount_received: 1, amount: 1, currency: 'jpy' }],
  ['of another payment', 'pi_foreign', {}],
  ['of a part of the amount', null, { amount_received: 100 }],
  ['in another currency', null, { currency: 'jpy' }],
  ['of more than the amount', null, { amount_received: 9_800 }],
  ['without an amount', null, { amount_received: undefined }],
])('money %s pays no order and raises an alarm', async (_, foreignRef, more) => {
  const one = await waiting();
  const raised = await handleEvent(
    'payment_intent.succeeded',
    intent(one.order, foreignRef ?? one.ref, more),
  );
  expect(raised).toHaveLength(1);
  await isUntouched(one);
});

test('matching money pays the order', async () => {
  const { order, ref } = await waiting();
  expect(await handleEvent('payment_intent.succeeded', intent(order, ref))).toEqual([]);
  expect(await shop.stateOf(order)).toBe('paid');
});

test('money for an order without a payment at the provider pays no order', async () => {
  const order = await shop.placeOrder();
  expect(await handleEvent('payment_intent.succeeded', intent(order, 'pi_foreign'))).toEqual([
    'other_payment',
  ]);
  expect(await shop.find(order)).toMatchObject({ state: 'pending_payment', payment_provider_id: null });
});

test('a second successful payment of an order raises an alarm, and the first one stays', async () => {
  const { order, ref } = await paid();
  expect(await handleEvent('payment_intent.succeeded', intent(order, 'pi_second'))).toEqual([
    'second_payment',
  ]);
  expect(await handleEvent('payment_intent.succeeded', intent(order, ref))).toEqual([]);
  expect(await shop.find(order)).toMatchObject({ state: 'paid', payment_provider_id: ref });
});

test('money for an unknown order raises an alarm', async () => {
  expect(await handleEvent('payment_intent.succeeded', intent(randomUUID(), 'pi_foreign'))).toEqual([
    'unknown_order',
  ]);
});

test.each(['payment_intent.payment_failed', 'payment_intent.canceled'])(
  'another payment’s %s does not end an order',
  async (type) => {
    const one = await waiting();
    expect(await handleEvent(type, intent(one.order, 'pi_foreign'))).toEqual(['other_payment']);
    await isUntouched(one);
    const unpaid = await shop.placeOrder({ holdMs: 0 });
    expect(await handleEvent(type, intent(unpaid, 'pi_foreign'))).toEqual(['other_payment']);
    expect(await shop.stateOf(unpaid)).toBe('pending_payment');
  },
);

const charge = (order: string, ref: string, more: object = {}) => ({
  ...{ id: 'ch_1', metadata: { order_id: order }, payment_intent: ref, currency: 'eur' },
  ...{ amount: 4_900, amount_refunded: 4_900 },
  ...more,
});
test.each([
  ['of another payment', 'pi_foreign', {}],
  ['of another amount', null, { amount: 100, amount_refunded: 100 }],
  ['in another currency', null, { currency: 'jpy' }],
])('a refund %s refunds no order', async (_, foreignRef, more) => {
  const { order, ref } = await paid();
  expect(await handleEvent('charge.refunded', charge(order, foreignRef ?? ref, more))).toHaveLength(1);
  expect(await shop.find(order)).toMatchObject({ state: 'paid', payment_state: 'succeeded' });
});

test('partial refunds at the provider are summed, in any order, and a full refund ends the order', async () => {
  const { order, ref } = await paid();
  expect(await handleEvent('charge.refunded', charge(order, ref, { amount_refunded: 1_500 }))).toEqual([]);
  expect(await handleEvent('charge.refunded', charge(order, ref, { amount_refunded: 1_000 }))).toEqual([]);
  expect(await shop.find(order)).toMatchObject({ state: 'paid', refunded_amount: 1_500 });
  await handleEvent('charge.refunded', charge(order, ref));
  expect(await shop.find(order)).toMatchObject({ state: 'refunded', refunded_amount: 4_900 });
});

test('a refund that fails raises an alarm, by any kind of event', async () => {
  const { order, ref } = await paid();
  await handleEvent('charge.refunded', charge(order, ref));
  const refund = {
    id: 're_1',
    payment_intent: ref,
    amount: 4_900,
    currency: 'eur',
    status: 'failed',
    metadata: {},
  };
  expect(await handleEvent('refund.failed', refund)).toEqual(['refund_failed']);
  expect(await handleEvent('charge.refund.updated', refund)).toEqual(['refund_failed']);
  expect(await handleEvent('charge.refund.updated', { ...refund, status: 'canceled' })).toEqual([
    'refund_failed',
  ]);
  expect(await handleEvent('charge.refund.updated', { ...refund, status: 'succeeded' })).toEqual([]);
  const [letter] = await shop.sql`select error from dead_letters where error like '%re_1%'`;
  expect(letter?.error).toContain(order);
});

test('a dispute raises an alarm, and a refund that it blocks is not tried again', async () => {
  const { order, ref } = await paid();
  const dispute = {
    id: 'dp_1',
    payment_intent: ref,
    charge: 'ch_1',
    amount: 4_900,
    currency: 'eur',
    reason: 'fraudulent',
  };
  expect(await handleEvent('charge.dispute.created', dispute)).toEqual(['disputed']);
  await shop.sql`update payments set state = 'refund_pending' where order_id = ${order}`;
  const refusing = {
    ...shop.provider,
    refund: async () => ({ refused: 'charge_disputed' }) as const,
  };
  alarms.length = 0;
  await refundOrder({ order_id: order, reason: 'test' }, { ...deps(), provider: refusing });
  expect(alarms).toEqual(['refund_refused']);
  const [letter] = await shop.sql`
    select name, error from dead_letters where payload ->> 'order_id' = ${order}`;
  expect(letter).toMatchObject({ name: 'payment.refund', error: expect.stringContaining('charge_disputed') });
});

test('answers of the provider are compared too, by charge and by sweep', async () => {
  const order = await shop.placeOrder();
  const succeeded = { state: 'succeeded' as const, money: { amount: 100, currency: 'EUR' } };
  const lying = { ...shop.provider, confirm: async () => succeeded, look: async () => succeeded };
  alarms.length = 0;
  await chargeOrder({ order_id: order }, { ...deps(), provider: lying });
  expect(alarms).toEqual(['amount_differs']);
  expect(await shop.find(order)).toMatchObject({ state: 'pending_payment', payment_state: 'unknown' });

  const { order: asked } = await waiting();
  // The sweep checks every open payment, so alarms of other tests must not count.
  const raisedFor = async (id: string) => {
    const letters = await shop.sql<{ failed_at: Date; resent_at: Date | null }[]>`
      select failed_at, resent_at from dead_letters where payload ->> 'order_id' = ${id}`;
    return letters;
  };
  const sweepAt = (later: number) =>
    sweepOpenPayments({ ...deps(), clock: { now: () => Date.now() + later }, provider: lying }, 60_000);
  await sweepAt(61_000);
  expect(await shop.stateOf(asked)).toBe('pending_payment');
  const first = await raisedFor(asked);
  expect(first).toHaveLength(1);
  // The alarm stays until an operator handles it, and is not raised twice.
  alarms.length = 0;
  await sweepAt(122_000);
  expect(alarms).toEqual([]);
  expect(await raisedFor(asked)).toEqual(first);
  expect(await raisedFor(order)).toHaveLength(1);
  await shop.sql`update dead_letters set resent_at = now() where payload ->> 'order_id' = ${asked}`;
  await sweepAt(183_000);
  expect(alarms).toEqual(['amount_differs']);
  expect(await raisedFor(asked)).toMatchObject([{ resent_at: null }]);
});
