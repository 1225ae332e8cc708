import { cancelOrder } from '@shopfast/db/orders/cancel';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openTestShop, type TestShop } from '../testing/shop.ts';
import { servers } from '../testing/urls.ts';
import { chargeOrder } from './charge.ts';
import { refundOrder } from './refund.ts';
import { sweepOpenPayments } from './sweep.ts';

const SILENT_MS = 60_000;

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop(servers(), { units: 100 });
});
afterEach(async () => {
  await shop.stripe.behave();
  expect(await shop.violations()).toEqual([]);
});
afterAll(() => shop?.close());

const charge = (order: string) => chargeOrder({ order_id: order }, shop.deps);
const chargesOf = async (order: string) => (await shop.stripe.state()).charges.by_order[order] ?? 0;
const sweepAfter = (ms: number) =>
  sweepOpenPayments({ ...shop.deps, clock: { now: () => Date.now() + ms } }, SILENT_MS);

test('a payment with an unknown result and a lost job is asked about, and charged once', async () => {
  const order = await shop.placeOrder();
  await shop.stripe.nextCalls('answered', 'dropped');
  await expect(charge(order)).rejects.toThrow(/connection/i);
  await sweepAfter(0);
  expect((await shop.find(order)).payment_state).toBe('unknown');
  await sweepAfter(SILENT_MS + 1_000);
  expect(await shop.stateOf(order)).toBe('paid');
  expect(await chargesOf(order)).toBe(1);
});

test('an order whose charge never began, because its job was lost, is charged', async () => {
  const order = await shop.placeOrder();
  await sweepAfter(SILENT_MS + 1_000);
  expect(await shop.stateOf(order)).toBe('paid');
});

test.each([
  ['approve', 'paid'],
  ['fail', 'payment_failed'],
] as const)(
  'what a shopper did at the bank (%s) is found out although its webhook never came',
  async (answer, end) => {
    const order = await shop.placeOrder({ paymentMethod: 'pm_card_threeDSecureRequired' });
    await charge(order);
    await sweepAfter(SILENT_MS + 1_000);
    expect((await shop.find(order)).payment_state).toBe('requires_action');
    await shop.stripe.answerAtBank((await shop.find(order)).action_url, answer);
    await sweepAfter(2 * SILENT_MS + 2_000);
    expect(await shop.stateOf(order)).toBe(end);
  },
);

test('a charge whose order was cancelled meanwhile is found and refunded', async () => {
  const order = await shop.placeOrder();
  await shop.stripe.nextCalls('answered', 'dropped');
  await expect(charge(order)).rejects.toThrow(/connection/i);
  await cancelOrder(shop.sql, { orderId: order, now: new Date() });
  await sweepAfter(SILENT_MS + 1_000);
  expect(await shop.find(order)).toMatchObject({ state: 'cancelled', payment_state: 'refund_pending' });
  await refundOrder({ order_id: order, reason: 'test' }, shop.deps);
  expect((await shop.stripe.state()).refunds.amount_by_order[order]).toBe(4_900);
});

test('without an answer of the provider payments stay as they are, and the next sweep asks again', async () => {
  const orders = [await shop.placeOrder(), await shop.placeOrder()];
  await shop.stripe.misbehave({ error_rate: 1 });
  await sweepAfter(SILENT_MS + 1_000);
  for (const order of orders) expect(await shop.stateOf(order)).toBe('pending_payment');
  await shop.stripe.behave();
  await sweepAfter(2 * SILENT_MS + 2_000);
  for (const order of orders) expect(await shop.stateOf(order)).toBe('paid');
});
