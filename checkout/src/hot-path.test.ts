import { seed } from '@shopfast/db/seed';
import { bindingCookie } from '@shopfast/kit/contracts/token';
import { createLifecycle, type Lifecycle } from '@shopfast/kit/lifecycle';
import { openBothWays } from '@shopfast/kit/node-http-bypass.fixture';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAccount } from './accounts/shopper.fixture.ts';
import { createHotPathHandlers, createHttpBypass } from './hot-path.ts';
import { BINDING, openShop, type Shop } from './shop.fixture.ts';

/** Fields that differ between two orders: id and time of the hold. */
const VARYING = {
  body: /"(id|order_token|instance|request_id|hold_until|created_at|updated_at)":"[^"]*"|"(number)":\d+/g,
  headers: ['location'],
};
const GOODS = { room: 'sale', name: 'Boot', price: 100, currency: 'eur', perCustomerLimit: 1 };
const WISH = { product_id: 'sneaker', quantity: 1, email: 'ann@example.com', payment_method: 'pm_card_visa' };
const GONE = { ...WISH, product_id: 'gone' };

let shop: Shop;
let lifecycle: Lifecycle;
let both: Awaited<ReturnType<typeof openBothWays>>;
beforeAll(async () => {
  shop = await openShop({ units: 50, perCustomerLimit: 50 });
  await seed(shop.sql, { ...GOODS, productId: 'gone', units: 0 });
  await shop.checkout.catalog.refresh();
  lifecycle = createLifecycle();
  const bypass = createHttpBypass(createHotPathHandlers(shop.checkout));
  both = await openBothWays({ fetch: shop.app.fetch as never, bypass, varying: VARYING }, lifecycle);
});
afterAll(async () => {
  await lifecycle.close();
  await shop.close();
});

const JSON_TYPE = { 'content-type': 'application/json' };
const BOUND = { 'x-binding': BINDING };
const COOKIE = { cookie: `theme=dark; ${bindingCookie('sale')}=${BINDING}` };

test.each<[string, number, Record<string, string>, unknown]>([
  ['bound by a header', 202, { ...JSON_TYPE, ...BOUND }, WISH],
  ['bound by a cookie', 202, { ...JSON_TYPE, ...COOKIE, 'accept-language': 'de' }, WISH],
  ['for a sold-out product', 409, { ...JSON_TYPE, ...BOUND }, GONE],
  ['of another browser', 403, JSON_TYPE, WISH],
  ['that is invalid', 422, { ...JSON_TYPE, ...BOUND }, { ...WISH, quantity: 0 }],
  ['with a wrong key', 422, { ...JSON_TYPE, ...BOUND, 'idempotency-key': 'x'.repeat(129) }, WISH],
  ['of a form', 400, { ...BOUND, 'content-type': 'text/plain' }, WISH],
  ['that is too large', 413, { ...JSON_TYPE, ...BOUND }, 'x'.repeat(20_000)],
])(
  'an order %s gets the same answer on the bypass as on the framework: %i',
  async (_, status, headers, body) => {
    const { bypassed, framework } = await both.bothWays('/v1/orders', async () => ({
      method: 'POST',
      headers: { ...headers, authorization: `Bearer ${await shop.token()}` },
      body: JSON.stringify(body),
    }));
    expect(bypassed.status).toBe(status);
    expect(bypassed).toEqual(framework);
  },
);

test('an order without a token, or with a forged one, is refused on both paths', async () => {
  for (const headers of [{}, { authorization: 'Bearer a.b.c' }]) {
    const { bypassed, framework } = await both.bothWays('/v1/orders', {
      method: 'POST',
      headers,
      body: '{}',
    });
    expect(bypassed.status).toBe(401);
    expect(bypassed).toEqual(framework);
  }
});

test('an order repeated on the other path is the same order', async () => {
  const authorization = `Bearer ${await shop.token()}`;
  const headers = { ...JSON_TYPE, ...BOUND, authorization, 'idempotency-key': 'twice' };
  const call = { method: 'POST', headers, body: JSON.stringify(WISH) };
  const before = await shop.count('orders');
  const { bypassed, framework } = await both.bothWays('/v1/orders', call);
  expect(bypassed.status).toBe(202);
  expect(bypassed).toEqual(framework);
  expect(await shop.count('orders')).toBe(before + 1);
});

test('a signed-in shopper buys with the account on both paths', async () => {
  const { cookies, cookieHeader } = await openAccount(shop, 'bea@example.com');
  expect(cookies.size).toBeGreaterThan(0);
  const { bypassed, framework } = await both.bothWays('/v1/orders', async () => ({
    method: 'POST',
    headers: {
      ...JSON_TYPE,
      ...BOUND,
      authorization: `Bearer ${await shop.token()}`,
      cookie: cookieHeader(),
    },
    body: JSON.stringify(WISH),
  }));
  expect(bypassed.status).toBe(202);
  expect(bypassed).toEqual(framework);
  expect(await shop.sql`select 1 from orders where user_id is not null`).toHaveLength(2);
});
