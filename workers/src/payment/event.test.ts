import { storePaymentEvent } from '@shopfast/db/payment-events';
import { UnrecoverableError } from 'bullmq';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openTestShop, type TestShop } from '../testing/shop.ts';
import { SOON, servers } from '../testing/urls.ts';
import { chargeOrder } from './charge.ts';
import { handlePaymentEvent } from './event.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop(servers());
  await shop.stripe.sendWebhooks();
});
afterAll(() => shop?.close());

const handle = (id: string) => handlePaymentEvent({ event_id: id }, shop.deps);
const charge = (order: string) => chargeOrder({ order_id: order }, shop.deps);

/** The stored event of this type about an order, as soon as it has arrived. */
async function eventOf(order: string, type: string): Promise<string> {
  return await vi.waitFor(async () => {
    const [event] = await shop.sql<{ id: string }[]>`
      select id from payment_events
      where type = ${type} and payload #>> '{data,object,metadata,order_id}' = ${order}`;
    expect(event).toBeDefined();
    return event!.id;
  }, SOON);
}

test.each([
  ['whose hold has expired', 0, 'expired'],
  ['whose hold lasts', 600_000, 'payment_failed'],
])('a payment that was cancelled at the provider, of an order %s', async (_, holdMs, state) => {
  const order = await shop.placeOrder({ holdMs, paymentMethod: 'pm_card_threeDSecureRequired' });
  await charge(order);
  await shop.provider.cancel((await shop.find(order)).payment_provider_id ?? '');
  const event = await eventOf(order, 'payment_intent.canceled');
  await handle(event);
  await handle(event);
  expect(await shop.stateOf(order)).toBe(state);
  expect(await shop.violations()).toEqual([]);
});

test('a refund at the provider makes the order refunded, and its unit is on sale again', async () => {
  const order = await shop.placeOrder();
  await charge(order);
  await shop.provider.refund((await shop.find(order)).payment_provider_id ?? '', order);
  await handle(await eventOf(order, 'charge.refunded'));
  expect(await shop.find(order)).toMatchObject({ state: 'refunded', payment_state: 'refunded' });
  expect(await shop.violations()).toEqual([]);
});

test('an event about something else is marked as handled', async () => {
  const payload = { id: 'evt_else', type: 'customer.created', data: { object: { id: 'cus_1' } } };
  await storePaymentEvent(shop.sql, { id: 'evt_else', type: payload.type, payload, receivedAt: new Date() });
  await handle('evt_else');
  const [event] = await shop.sql`select handled_at from payment_events where id = 'evt_else'`;
  expect(event?.handled_at).toBeInstanceOf(Date);
});

test('an event that was never stored is not tried again', async () => {
  await expect(handle('evt_nowhere')).rejects.toBeInstanceOf(UnrecoverableError);
});
