import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openShop, refusal, type Shop } from '../shop.fixture.ts';
import { type Browser, linkOf, openAccount, openBrowser } from './shopper.fixture.ts';

let shop: Shop;
beforeEach(async () => {
  shop = await openShop({ perCustomerLimit: 30 });
});
afterEach(async () => {
  vi.useRealTimers();
  await shop.close();
});

const ownersOf = async () =>
  (
    await shop.sql<{ owner: string | null }[]>`
    select u.email as owner from orders o left join users u on u.id = o.user_id order by o.id`
  ).map((row) => row.owner);
const placed = async (browser: Browser, body: object = {}) => {
  const response = await browser.order(body);
  expect(response.status).toBe(202);
  return ((await response.json()) as { order: { id: string } }).order.id;
};
const listed = async (browser: Browser, query = '') =>
  (await (await browser.send('GET', `/v1/me/orders${query}`)).json()) as {
    orders: { id: string }[];
    next: string | null;
  };

/** Counts every statement of the checkout from now on, in all of its pools. */
function countQueries() {
  const queries = vi.fn();
  for (const pool of [shop.sql, shop.pools.auth, shop.pools.own]) pool.options.debug = queries;
  return queries;
}

describe('orders placed as a guest', () => {
  test('join the account only when its owner confirms each one, and only with exactly that address', async () => {
    const guest = openBrowser(shop);
    const mine = await placed(guest, { email: 'Ann@Example.com' });
    const tagged = await placed(guest, { email: 'ann+tag@example.com' });
    const bobs = await placed(guest, { email: 'bob@example.com' });
    const ann = await openAccount(shop, 'ann@example.com');
    const strange = await placed(guest, { email: 'ann@example.com' });
    await ann.signIn('ann@example.com');
    expect(await ownersOf()).toEqual([null, null, null, null]);
    expect((await listed(ann)).orders).toEqual([]);
    for (const id of [mine, strange])
      expect(await refusal(ann.send('GET', `/v1/orders/${id}`))).toBe('403 order_forbidden');

    const asked = async () =>
      ((await (await ann.send('GET', '/v1/me/guest-orders')).json()) as { orders: { id: string }[] }).orders;
    const answer = async (does: 'adopt' | 'disown', ...order_ids: string[]) =>
      (await ann.send('POST', `/v1/me/guest-orders/${does}`, { order_ids })).json();
    expect((await asked()).map(({ id }) => id).sort()).toEqual([mine, strange].sort());
    expect(await answer('adopt', mine, tagged, bobs)).toEqual({ adopted: 1 });
    expect(await answer('disown', strange, bobs)).toEqual({ disowned: 1 });
    expect(await asked()).toEqual([]);
    expect((await listed(ann)).orders).toMatchObject([{ id: mine }]);
    expect((await ann.send('GET', `/v1/orders/${mine}`)).status).toBe(200);
    expect(await refusal(ann.send('GET', `/v1/orders/${strange}`))).toBe('403 order_forbidden');
  });

  test('are shown only to signed-in users, and confirmed in bounded numbers', async () => {
    const nobody = openBrowser(shop);
    expect(await refusal(nobody.send('GET', '/v1/me/guest-orders'))).toBe('401 session_missing');
    const adopt = (browser: Browser, order_ids: unknown) =>
      browser.send('POST', '/v1/me/guest-orders/adopt', { order_ids });
    expect(await refusal(adopt(nobody, [randomUUID()]))).toBe('401 session_missing');
    const ann = await openAccount(shop, 'ann@example.com');
    for (const wrong of [[], ['x'], Array.from({ length: 101 }, () => randomUUID()), 'all'])
      expect(await refusal(adopt(ann, wrong))).toBe('422 invalid_request');
  });

  test('cannot be adopted with an unverified address', async () => {
    const id = await placed(openBrowser(shop), { email: 'victim@example.com' });
    const stranger = openBrowser(shop);
    await stranger.signUp('victim@example.com', 'the strangers password');
    await stranger.signIn('victim@example.com', 'the strangers password');
    // The owner follows the link that the stranger caused, but does not know the stranger's password.
    const link = await linkOf(shop, 'verify_email');
    expect(await refusal(openBrowser(shop).verify(link, 'a guess of the owner'))).toBe(
      '401 credentials_invalid',
    );
    await stranger.signIn('victim@example.com', 'the strangers password');
    expect(await ownersOf()).toEqual([null]);
    expect(await refusal(stranger.send('GET', `/v1/orders/${id}`))).toBe('403 order_forbidden');
  });
});

describe('a signed-in shopper', () => {
  test('buys in one statement: the session lookup needs no extra query', async () => {
    const browser = await openAccount(shop, 'ann@example.com');
    const queries = countQueries();
    await placed(browser, { email: 'gift@example.com' });
    expect(queries).toHaveBeenCalledTimes(1);
    expect(await ownersOf()).toEqual(['ann@example.com']);
  });

  test('is a guest after the session has ended, in the same one statement', async () => {
    const browser = await openAccount(shop, 'ann@example.com');
    const queries = countQueries();
    await placed(browser, { email: 'gift@example.com' });
    expect(queries).toHaveBeenCalledTimes(1);
    expect(await ownersOf()).toEqual(['ann@example.com']);
    await shop.sql`delete from sessions`;
    await placed(browser, { email: 'gift@example.com' });
    expect(await ownersOf()).toEqual(['ann@example.com', null]);
  });

  test('sees and cancels own orders without their tokens, and no others', async () => {
    const ann = await openAccount(shop, 'ann@example.com');
    const bob = await openAccount(shop, 'bob@example.com');
    const id = await placed(ann);
    expect((await ann.send('GET', `/v1/orders/${id}`)).status).toBe(200);
    for (const other of [bob, openBrowser(shop)])
      for (const unknown of [id, randomUUID()]) {
        expect(await refusal(other.send('GET', `/v1/orders/${unknown}`))).toBe('403 order_forbidden');
        expect(await refusal(other.send('POST', `/v1/orders/${unknown}/cancel`))).toBe('403 order_forbidden');
      }
    const cancelled = await ann.send('POST', `/v1/orders/${id}/cancel`);
    expect(await cancelled.json()).toMatchObject({ id, state: 'cancelled' });
  });

  test('sees an own order by one statement that also looks the session up', async () => {
    const ann = await openAccount(shop, 'ann@example.com');
    const id = await placed(ann);
    const queries = countQueries();
    expect((await ann.send('GET', `/v1/orders/${id}`)).status).toBe(200);
    expect(queries).toHaveBeenCalledTimes(1);
  });

  test('reads own orders page by page, each once, newest first', async () => {
    const ann = await openAccount(shop, 'ann@example.com');
    const bobs = await placed(await openAccount(shop, 'bob@example.com'));
    const ids: string[] = [];
    // Some orders are placed in the same millisecond.
    for (let count = 0; count < 7; count += 1) {
      if (count % 3 === 0) shop.clock.advance(1);
      ids.push(await placed(ann));
    }
    const seen: string[] = [];
    let query = '?limit=3';
    for (;;) {
      const { orders, next } = await listed(ann, query);
      seen.push(...orders.map((order) => order.id));
      if (next === null) break;
      query = `?limit=3&before=${next}`;
    }
    expect(seen).toHaveLength(7);
    expect(new Set(seen)).toEqual(new Set(ids));
    expect(await listed(ann, `?before=${bobs}`)).toEqual({ orders: [], next: null });
    expect(await refusal(openBrowser(shop).send('GET', '/v1/me/orders'))).toBe('401 session_missing');
  });
});
