import { cancelOrder } from '@shopfast/db/orders/cancel';
import { markPaid } from '@shopfast/db/orders/mark-paid';
import { paymentOpened, startPayment } from '@shopfast/db/orders/payment-attempt';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { expireOrderHold } from '../holds/expire.ts';
import { openTestShop, type TestShop } from '../testing/shop.ts';
import { SOON, servers } from '../testing/urls.ts';
import { chargeOrder } from './charge.ts';
import { refundOrder } from './refund.ts';
import { ProviderUnavailable } from './resilience-policy.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop(servers(), { units: 200, policy: { openAfterFailures: 3 } });
});
afterEach(async () => {
  await shop.stripe.behave();
  // Each test starts with a closed breaker, in spite of the previous one.
  await vi.waitFor(() => shop.policy.run(async () => {}), SOON);
});
afterAll(() => shop?.close());

const charge = (order: string) => chargeOrder({ order_id: order }, shop.deps);
const chargesOf = async (order: string) => (await shop.stripe.state()).charges.by_order[order] ?? 0;
const placeMany = (count: number) => Promise.all(Array.from({ length: count }, () => shop.placeOrder()));
const expectAllPaidOnce = async (orders: string[]) => {
  await vi.waitFor(async () => {
    const states = await Promise.all(orders.map(shop.stateOf));
    expect(states).toEqual(orders.map(() => 'paid'));
  }, SOON);
  expect(await Promise.all(orders.map(chargesOf))).toEqual(orders.map(() => 1));
  expect(await shop.violations()).toEqual([]);
};

describe('one charge by itself', () => {
  test('stores the configured provider’s name', async () => {
    const order = await shop.placeOrder();
    const asked = async () =>
      (await shop.sql`select provider from payments where order_id = ${order}`)[0]?.provider;
    expect(await asked()).toBeNull();
    const provider = { ...shop.provider, name: 'another' };
    await chargeOrder({ order_id: order }, { ...shop.deps, provider });
    expect(await asked()).toBe('another');
  });

  test('whose answer is lost keeps the hold, and the next try finds out the result', async () => {
    const order = await shop.placeOrder({ holdMs: 0 });
    await shop.stripe.nextCalls('answered', 'dropped');
    await expect(charge(order)).rejects.toThrow(/connection/i);
    expect(await chargesOf(order)).toBe(1);
    expect(await shop.find(order)).toMatchObject({ state: 'pending_payment', payment_state: 'unknown' });

    await charge(order);
    expect(await shop.stateOf(order)).toBe('paid');
    expect(await chargesOf(order)).toBe(1);
  });

  test('whose answer was a lost decline is declined at the next try', async () => {
    const order = await shop.placeOrder({ paymentMethod: 'pm_card_chargeDeclined' });
    await shop.stripe.nextCalls('answered', 'dropped');
    await expect(charge(order)).rejects.toThrow(/connection/i);
    await charge(order);
    expect(await shop.stateOf(order)).toBe('payment_failed');
  });

  test('whose opening got no answer is opened once', async () => {
    const order = await shop.placeOrder();
    await shop.stripe.nextCalls('dropped');
    await expect(charge(order)).rejects.toThrow(/connection/i);
    expect((await shop.find(order)).payment_provider_id).toBeNull();
    const opened = (await shop.stripe.state()).intents.requires_confirmation;
    await charge(order);
    expect((await shop.stripe.state()).intents.requires_confirmation ?? 0).toBe((opened ?? 0) - 1);
    expect(await chargesOf(order)).toBe(1);
  });

  test('that two workers make at the same time takes the money once', async () => {
    const order = await shop.placeOrder();
    await Promise.allSettled([charge(order), charge(order), charge(order)]);
    await charge(order);
    expect(await shop.stateOf(order)).toBe('paid');
    expect(await chargesOf(order)).toBe(1);
  });

  test('that was opened twice is made under the first id', async () => {
    const order = await shop.placeOrder();
    const opened = (providerId: string) =>
      paymentOpened(shop.sql, { orderId: order, providerId, now: new Date() });
    await startPayment(shop.sql, { orderId: order, provider: 'stripe', now: new Date() });
    expect(await Promise.all([opened('pi_1'), opened('pi_1')])).toEqual(['pi_1', 'pi_1']);
    expect(await opened('pi_2')).toBe('pi_1');
  });

  test('of an order that was cancelled while its answer was lost is given back', async () => {
    const order = await shop.placeOrder();
    await shop.stripe.nextCalls('answered', 'dropped');
    await expect(charge(order)).rejects.toThrow(/connection/i);
    expect(await cancelOrder(shop.sql, { orderId: order, now: new Date() })).toBe('cancelled');

    await charge(order);
    expect(await shop.find(order)).toMatchObject({ state: 'cancelled', payment_state: 'refund_pending' });
    await refundOrder({ order_id: order, reason: 'test' }, shop.deps);
    await refundOrder({ order_id: order, reason: 'test' }, shop.deps);
    expect((await shop.find(order)).payment_state).toBe('refunded');
    expect((await shop.stripe.state()).refunds.amount_by_order[order]).toBe(4_900);
    expect(await shop.violations()).toEqual([]);
  });

  test('whose order was cancelled at the moment it was opened is closed and takes no money', async () => {
    const order = await shop.placeOrder();
    const { provider, release } = shop.holdPayments();
    const charging = chargeOrder({ order_id: order }, { ...shop.deps, provider });
    await vi.waitFor(async () => expect((await shop.find(order)).payment_state).toBe('in_flight'), SOON);
    expect((await shop.find(order)).payment_provider_id).toBeNull();
    await cancelOrder(shop.sql, { orderId: order, now: new Date() });
    release();
    await charging;
    expect(await shop.find(order)).toMatchObject({ state: 'cancelled', payment_state: 'declined' });
    expect((await shop.stripe.state()).intents.requires_confirmation ?? 0).toBe(0);
    expect(await chargesOf(order)).toBe(0);
  });

  test('of an order that ended before it began is not made', async () => {
    const order = await shop.placeOrder();
    await cancelOrder(shop.sql, { orderId: order, now: new Date() });
    await charge(order);
    expect(await chargesOf(order)).toBe(0);
  });
});

test('while the breaker is open nothing is sent, and an unsent charge does not keep the hold', async () => {
  await shop.stripe.misbehave({ error_rate: 1 });
  const orders = await placeMany(3);
  await Promise.allSettled(orders.map(charge));
  expect(shop.policy.state()).toBe('open');

  const order = await shop.placeOrder({ holdMs: 0 });
  await expect(charge(order)).rejects.toBeInstanceOf(ProviderUnavailable);
  expect((await shop.find(order)).payment_state).toBe('new');
  await expireOrderHold({ order_id: order }, shop.deps);
  expect(await shop.stateOf(order)).toBe('expired');
});

test('money that arrives after the end of an order is refunded, and the unit stays available', async () => {
  const order = await shop.placeOrder({ paymentMethod: 'pm_card_threeDSecureRequired' });
  await charge(order);
  const { action_url: actionUrl, payment_provider_id: providerId } = await shop.find(order);
  await cancelOrder(shop.sql, { orderId: order, now: new Date() });
  await shop.stripe.answerAtBank(actionUrl, 'approve');
  expect(await markPaid(shop.sql, { orderId: order, providerId: providerId ?? '', now: new Date() })).toBe(
    'refund_due',
  );
  const workers = shop.startWorkers();
  await vi.waitFor(async () => expect((await shop.find(order)).payment_state).toBe('refunded'), SOON);
  expect(await shop.stateOf(order)).toBe('cancelled');
  expect((await shop.stripe.state()).refunds.amount_by_order[order]).toBe(4_900);
  expect(await shop.violations()).toEqual([]);
  await workers.stop();
});

describe('with workers running', () => {
  let workers: ReturnType<TestShop['startWorkers']>;
  beforeAll(() => {
    workers = shop.startWorkers();
  });
  afterAll(() => workers.stop());

  test('lost answers: every order is paid in the end, each charged once', async () => {
    await shop.stripe.misbehave({ drop_answer_rate: 1 });
    const orders = await placeMany(5);
    await vi.waitFor(async () => {
      const states = await Promise.all(orders.map(async (order) => (await shop.find(order)).payment_state));
      expect(states).toContain('unknown');
    }, SOON);
    await shop.stripe.behave();
    await expectAllPaidOnce(orders);
  });

  test('a failing provider opens the breaker; it closes when the provider is back, and every order is paid', async () => {
    await shop.stripe.misbehave({ error_rate: 1 });
    const orders = await placeMany(5);
    await vi.waitFor(() => expect(shop.policy.state()).toBe('open'), SOON);
    expect(await workers.registry.metrics()).toContain('shopfast_payment_breaker{state="open"} 1');
    await shop.stripe.behave();
    await expectAllPaidOnce(orders);
    expect(shop.policy.state()).toBe('closed');
  });

  test('a provider slower than the time limit opens the breaker, and charges nobody twice', async () => {
    await shop.stripe.misbehave({ held_payments: 'all' });
    const orders = await placeMany(5);
    await vi.waitFor(() => expect(shop.policy.state()).toBe('open'), SOON);
    await shop.stripe.behave();
    await expectAllPaidOnce(orders);
  });
});
