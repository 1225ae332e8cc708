import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openTestShop, type TestShop } from './testing/shop.ts';
import { SOON, servers } from './testing/urls.ts';

let shop: TestShop;
let workers: ReturnType<TestShop['startWorkers']>;
beforeAll(async () => {
  shop = await openTestShop(servers());
  await shop.stripe.sendWebhooks();
  workers = shop.startWorkers();
});
afterAll(() => shop?.close());

const subjectsOf = (order: string) =>
  shop.inbox.mailsTo(`${order}@example.com`).map(({ subject }) => subject);
const available = async () => {
  const [row] = await shop.sql<{ available: number }[]>`select available from inventory`;
  return row?.available;
};

test('an order is paid without further calls, is charged once, and each of its mails arrives once', async () => {
  const order = await shop.placeOrder();
  await vi.waitFor(() => expect(subjectsOf(order)).toHaveLength(2), SOON);
  expect(subjectsOf(order).sort()).toEqual([
    'We are holding 1 × Lamp <b>"1"</b> for you',
    'Your order of 1 × Lamp <b>"1"</b> is paid',
  ]);
  expect(await shop.stateOf(order)).toBe('paid');
  expect((await shop.stripe.state()).charges.by_order[order]).toBe(1);
  expect(await shop.violations()).toEqual([]);
});

test('a declined card frees the unit, and the shopper is notified once', async () => {
  const before = await available();
  const order = await shop.placeOrder({ paymentMethod: 'pm_card_chargeDeclinedInsufficientFunds' });
  expect(await available()).toBe((before ?? 0) - 1);
  await vi.waitFor(async () => expect(await shop.stateOf(order)).toBe('payment_failed'), SOON);
  expect(await available()).toBe(before);
  await vi.waitFor(() => expect(subjectsOf(order)).toHaveLength(2), SOON);
  expect(subjectsOf(order)).toContain('The payment for 1 × Lamp <b>"1"</b> did not go through');
  expect(await shop.violations()).toEqual([]);
});

test('a payment method that does not exist ends the order, not the worker', async () => {
  const order = await shop.placeOrder({ paymentMethod: 'pm_card_of_nobody' });
  await vi.waitFor(async () => expect(await shop.stateOf(order)).toBe('payment_failed'), SOON);
});

test.each([
  ['approve', 'paid'],
  ['fail', 'payment_failed'],
] as const)(
  'a card that needs confirmation at the bank: after "%s" there, the order is %s',
  async (answer, state) => {
    const order = await shop.placeOrder({ paymentMethod: 'pm_card_threeDSecureRequired' });
    await vi.waitFor(
      async () => expect((await shop.find(order)).payment_state).toBe('requires_action'),
      SOON,
    );
    await shop.stripe.answerAtBank((await shop.find(order)).action_url, answer);
    await vi.waitFor(async () => expect(await shop.stateOf(order)).toBe(state), SOON);
    expect((await shop.find(order)).action_url).toBeNull();
    expect(await shop.violations()).toEqual([]);
  },
);

test('webhooks that come twice and in any order change nothing', async () => {
  await shop.stripe.misbehave({ duplicate_webhooks: true, shuffle_webhooks: true });
  const orders = await Promise.all([
    shop.placeOrder(),
    shop.placeOrder({ paymentMethod: 'pm_card_chargeDeclined' }),
  ]);
  const unhandled = async () => {
    const [row] = await shop.sql<{ count: number }[]>`
      select count(*) from payment_events where handled_at is null`;
    return row?.count;
  };
  await vi.waitFor(async () => {
    expect(await Promise.all(orders.map(shop.stateOf))).toEqual(['paid', 'payment_failed']);
    expect((await shop.stripe.state()).webhooks.pending).toBe(0);
    expect(await unhandled()).toBe(0);
  }, SOON);
  await vi.waitFor(() => expect(orders.flatMap(subjectsOf)).toHaveLength(4), SOON);
  expect((await shop.stripe.state()).charged_more_than_once).toEqual([]);
  expect(await shop.violations()).toEqual([]);
});

test('metrics show each queue, finished jobs, the breaker and the outbox', async () => {
  const metrics = await workers.registry.metrics();
  for (const queue of ['payment', 'email', 'holds', 'slots'])
    expect(metrics).toMatch(new RegExp(`shopfast_queue_jobs{queue="${queue}",state="waiting"} \\d`));
  expect(metrics).toMatch(/shopfast_job_duration_seconds_count{.*job="payment.charge",end="done"} [1-9]/);
  expect(metrics).toContain('shopfast_payment_breaker{state="closed"} 1');
  expect(metrics).toMatch(/shopfast_outbox_oldest_seconds \d/);
  expect(metrics).toMatch(/shopfast_outbox_published_total [1-9]/);
});
