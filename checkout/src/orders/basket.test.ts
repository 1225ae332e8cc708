import { findViolations } from '@shopfast/db/conservation';
import { orderAnswer } from '@shopfast/kit/contracts/api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createApp } from '../app.ts';
import { openShop, refusal, type Shop } from '../shop.fixture.ts';
import type { PricingRequest } from './pricing.ts';

let shop: Shop;
beforeEach(async () => {
  shop = await openShop({ units: 3, perCustomerLimit: 2 });
  await shop.offer({ productId: 'cap', price: 500, units: 5 });
  await shop.offer({ productId: 'dollars', currency: 'usd' });
  await shop.offer({ productId: 'elsewhere', room: 'another' });
  await shop.checkout.catalog.refresh();
});
afterEach(() => shop.close());

const single = { product_id: undefined, quantity: undefined };
const several = (...items: [string, number][]) => ({
  ...single,
  items: items.map(([product_id, quantity]) => ({ product_id, quantity })),
});
const order = async (body: object, claims = {}, headers = {}) =>
  shop.order(await shop.token(claims), body, headers);

test('several products make one order with one total', async () => {
  const response = await order(several(['sneaker', 2], ['cap', 1]));
  expect(response.status).toBe(202);
  const answer = orderAnswer.parse(await response.json());
  expect(answer.order).toMatchObject({
    items: [
      { product_id: 'cap', quantity: 1, unit_price: 500 },
      { product_id: 'sneaker', quantity: 2, unit_price: 12_900 },
    ],
    ...{ subtotal: 26_300, tax: 0, shipping: 0, total: 26_300 },
  });
  const seen = await shop.app.request(`/v1/orders/${answer.order.id}`, {
    headers: { authorization: `Bearer ${answer.order_token}` },
  });
  expect(await seen.json()).toEqual(answer.order);
  expect(await findViolations(shop.sql)).toEqual([]);
});

test('the same products in another sequence are the same request', async () => {
  const token = await shop.token();
  const key = { 'idempotency-key': 'k' };
  const first = await shop.order(token, several(['sneaker', 1], ['cap', 1]), key);
  const again = await shop.order(token, several(['cap', 1], ['sneaker', 1]), key);
  expect(await again.text()).toBe(await first.text());
  expect(await refusal(shop.order(token, several(['cap', 1], ['sneaker', 2]), key))).toBe(
    '422 invalid_request',
  );
});

test('a currency is the same in upper and lower case', async () => {
  await shop.offer({ productId: 'mug', currency: 'EUR' });
  await shop.checkout.catalog.refresh();
  expect((await order(several(['sneaker', 1], ['mug', 1]))).status).toBe(202);
});

test('an order across rooms or currencies is refused, and no units are held', async () => {
  for (const body of [
    several(),
    several(['cap', 1], ['cap', 1]),
    several(['cap', 0]),
    several(['cap', 1], ['dollars', 1]),
    several(...Array.from({ length: 11 }, (_, n): [string, number] => [`product-${n}`, 1])),
    { ...several(['cap', 1]), product_id: 'cap' },
    { ...several(['cap', 1]), quantity: 1 },
    single,
    { quantity: undefined },
  ])
    expect(await refusal(order(body))).toBe('422 invalid_request');
  expect(await refusal(order(several(['cap', 1], ['unheard-of', 1])))).toBe('404 product_unknown');
  expect(await refusal(order(several(['cap', 1], ['elsewhere', 1])))).toBe('403 token_wrong_room');
  expect(await refusal(order(several(['cap', 1], ['sneaker', 1]), { products: ['cap'] }))).toBe(
    '403 token_wrong_room',
  );
  expect(await refusal(order(several(['cap', 3])))).toBe('409 purchase_limit');
  expect(await refusal(order(several(['cap', 1], ['sneaker', 1]), { max_quantity: 1 }))).toBe(
    '409 purchase_limit',
  );
  expect(await shop.count('orders')).toBe(0);
});

test('the refusal names the product that is sold out', async () => {
  await order({ email: 'bob@example.com', quantity: 2 });
  const response = await order(several(['cap', 1], ['sneaker', 2]));
  expect(await response.json()).toMatchObject({ code: 'sold_out', product_id: 'sneaker' });
});

test('outside of its sale window a product is not sold, and the answer says when it is', async () => {
  const starts = new Date(shop.clock.now() + 60_000);
  const ends = new Date(shop.clock.now() + 120_000);
  // The catalogue is not refreshed yet, so the database decides.
  await shop.sql`update products set sale_starts_at = ${starts}, sale_ends_at = ${ends} where id = 'sneaker'`;
  const token = await shop.token();
  const early = await shop.order(token);
  expect([early.status, await early.json()]).toMatchObject([
    409,
    { code: 'not_on_sale', product_id: 'sneaker', detail: `The sale starts at ${starts.toISOString()}.` },
  ]);
  shop.clock.advance(60_000);
  expect((await shop.order(token, {}, { 'idempotency-key': 'k' })).status).toBe(202);
  shop.clock.advance(60_000);
  const late = await order({ email: 'bob@example.com' });
  expect(await late.json()).toMatchObject({ detail: `The sale ended at ${ends.toISOString()}.` });
  expect((await shop.order(token, {}, { 'idempotency-key': 'k' })).status).toBe(202);
});

test('a placed order is answered again, even when its product cannot be bought any more', async () => {
  const token = await shop.token();
  const send = () => shop.order(token, { quantity: 2 }, { 'idempotency-key': 'k' });
  const first = await (await send()).text();
  await shop.sql`update products set per_customer_limit = 1, room_id = 'another'`;
  await shop.checkout.catalog.refresh();
  expect(await (await send()).text()).toBe(first);
  expect(await refusal(order({}, {}, { 'idempotency-key': 'k' }))).toBe('403 token_wrong_room');
});

test('tax and shipping come from the hook, for the prices that are charged', async () => {
  const asked: PricingRequest[] = [];
  const pricing = (request: PricingRequest) => {
    asked.push(request);
    const subtotal = request.items.reduce((sum, { product, quantity }) => sum + product.price * quantity, 0);
    return { tax: Math.round(subtotal / 10), shipping: request.destination?.country === 'DE' ? 490 : 990 };
  };
  const app = createApp({ ...shop.checkout, pricing });
  // The price is higher than a second ago, when the catalogue was read.
  await shop.sql`update products set price = 1000 where id = 'cap'`;
  const response = await app.request('/v1/orders', {
    method: 'POST',
    headers: {
      ...{ 'content-type': 'application/json', 'x-binding': 'bnd_of-this-browser' },
      authorization: `Bearer ${await shop.token()}`,
    },
    body: JSON.stringify({
      ...several(['cap', 2]),
      ...{ email: 'ann@example.com', payment_method: 'pm_card_visa', destination: { country: 'DE' } },
    }),
  });
  expect(orderAnswer.parse(await response.json()).order).toMatchObject({
    ...{ subtotal: 2_000, tax: 200, shipping: 490, total: 2_690 },
  });
  expect(asked.map(({ items }) => items[0]?.product.price)).toEqual([500, 1_000]);
  const [stored] = await shop.sql`select destination, (select amount from payments) from orders`;
  expect(stored).toEqual({ destination: { country: 'DE' }, amount: 2_690 });
});
