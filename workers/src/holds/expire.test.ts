import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { chargeOrder } from '../payment/charge.ts';
import { RescheduleJob } from '../reschedule-job.ts';
import { openTestShop, type TestShop } from '../testing/shop.ts';
import { SOON, servers } from '../testing/urls.ts';
import { expireOrderHold, sweepOverdueHolds } from './expire.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop(servers(), { units: 100 });
});
afterEach(async () => {
  await shop.stripe.behave();
  expect(await shop.violations()).toEqual([]);
});
afterAll(() => shop?.close());

const expire = (order: string) => expireOrderHold({ order_id: order }, shop.deps);
const charge = (order: string) => chargeOrder({ order_id: order }, shop.deps);
const chargesOf = async (order: string) => (await shop.stripe.state()).charges.by_order[order] ?? 0;
const shopAt = (ms: number) => ({ ...shop.deps, clock: { now: () => Date.now() + ms } });

test('a hold that lasts is rescheduled to its end', async () => {
  const order = await shop.placeOrder({ holdMs: 60_000 });
  const error = await expire(order).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(RescheduleJob);
  expect((error as RescheduleJob).delayMs).toBeGreaterThan(50_000);
  expect((error as RescheduleJob).delayMs).toBeLessThanOrEqual(60_000);
  expect(await shop.stateOf(order)).toBe('pending_payment');
});

test('a hold without a payment ends on time, and a later charge is not made', async () => {
  const order = await shop.placeOrder({ holdMs: 0 });
  await expire(order);
  expect(await shop.stateOf(order)).toBe('expired');
  await charge(order);
  expect(await chargesOf(order)).toBe(0);
});

test('a hold is kept while a charge is under way', async () => {
  const order = await shop.placeOrder({ holdMs: 0 });
  const { provider, release } = shop.holdPayments();
  const charging = chargeOrder({ order_id: order }, { ...shop.deps, provider });
  await vi.waitFor(async () => expect((await shop.find(order)).payment_state).toBe('in_flight'), SOON);
  await expect(expire(order)).rejects.toBeInstanceOf(RescheduleJob);
  release();
  await charging;
  expect(await shop.stateOf(order)).toBe('paid');
});

test('a hold whose charge has an unknown end is settled by what the provider says: the money came', async () => {
  const order = await shop.placeOrder({ holdMs: 0 });
  await shop.stripe.nextCalls('answered', 'dropped');
  await expect(charge(order)).rejects.toThrow(/connection/i);
  await shop.stripe.misbehave({ error_rate: 1 });
  await expect(expire(order)).rejects.toThrow();
  expect(await shop.stateOf(order)).toBe('pending_payment');

  await shop.stripe.behave();
  await expire(order);
  expect(await shop.stateOf(order)).toBe('paid');
  expect(await chargesOf(order)).toBe(1);
});

test('a hold whose charge never reached the provider ends, though the charge had begun', async () => {
  const order = await shop.placeOrder({ holdMs: 0 });
  await shop.stripe.nextCalls('dropped');
  await expect(charge(order)).rejects.toThrow(/connection/i);
  await expire(order);
  expect(await shop.stateOf(order)).toBe('expired');
  await charge(order);
  expect(await chargesOf(order)).toBe(0);
});

test('a shopper who is at the bank when the hold ends cannot pay there any more', async () => {
  const order = await shop.placeOrder({ holdMs: 0, paymentMethod: 'pm_card_threeDSecureRequired' });
  await charge(order);
  const { action_url: actionUrl } = await shop.find(order);
  await expire(order);
  expect(await shop.find(order)).toMatchObject({ state: 'expired', payment_state: 'cancelled' });
  await shop.stripe.answerAtBank(actionUrl, 'approve');
  expect(await chargesOf(order)).toBe(0);
});

test('a shopper who paid at the bank just before the hold ended gets the unit, even without a webhook', async () => {
  const order = await shop.placeOrder({ holdMs: 0, paymentMethod: 'pm_card_threeDSecureRequired' });
  await charge(order);
  await shop.stripe.answerAtBank((await shop.find(order)).action_url, 'approve');
  await expire(order);
  expect(await shop.stateOf(order)).toBe('paid');
});

test('a hold whose worker died for good in the middle of a charge ends when the provider has closed the payment', async () => {
  const order = await shop.placeOrder({ holdMs: 0, paymentMethod: 'pm_card_threeDSecureRequired' });
  await charge(order);
  await shop.sql`update payments set state = 'in_flight' where order_id = ${order}`;
  await expect(expire(order)).rejects.toBeInstanceOf(RescheduleJob);
  await expireOrderHold({ order_id: order }, shopAt(150_000));
  expect(await shop.stateOf(order)).toBe('expired');
});

test('a hold whose job was lost is found by the sweep', async () => {
  const order = await shop.placeOrder({ holdMs: 1_000 });
  await sweepOverdueHolds(shop.deps, 60_000);
  expect(await shop.stateOf(order)).toBe('pending_payment');
  await sweepOverdueHolds(shopAt(62_000), 60_000);
  expect(await shop.stateOf(order)).toBe('expired');
});

test('with workers running, a hold ends by itself and its unit is on sale again', async () => {
  const order = await shop.placeOrder({ holdMs: 500, paymentMethod: 'pm_card_threeDSecureRequired' });
  const workers = shop.startWorkers();
  await vi.waitFor(async () => expect(await shop.stateOf(order)).toBe('expired'), SOON);
  await workers.stop();
});
