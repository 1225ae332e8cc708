import { markPaid } from '@shopfast/db/orders/mark-paid';
import { orderDocument } from '@shopfast/kit/contracts/api';
import { listen } from '@shopfast/kit/http';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openShop, refusal, type Shop } from '../shop.fixture.ts';
import { createOrderStreams } from './order-streams.ts';

let shop: Shop;
let url: string;
beforeEach(async () => {
  shop = await openShop();
  const { port } = await listen({
    fetch: (request, bindings) => shop.app.fetch(request, bindings as never),
    ...{ port: 0, host: '127.0.0.1', lifecycle: shop.lifecycle },
  });
  url = `http://127.0.0.1:${port}`;
});
afterEach(() => shop.close());

/** An order by a customer with this name. */
const orderOf = (name: string) => shop.accepted({ email: `${name}@example.com` });

const follow = (id: string, token: string, signal?: AbortSignal) =>
  fetch(`${url}/v1/orders/${id}/events`, {
    headers: { authorization: `Bearer ${token}` },
    ...(signal ? { signal } : {}),
  });

test('a stream sends each change of an order once and ends with the order', async () => {
  const { order, order_token } = await shop.accepted();
  const answer = await follow(order.id, order_token);
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  await markPaid(shop.sql, { orderId: order.id, providerId: 'pi', now: new Date() });
  const text = await answer.text();
  const told = [...text.matchAll(/^data: (\{"id".*)$/gm)].map(([, json]) =>
    orderDocument.parse(JSON.parse(json!)),
  );
  expect(told.map(({ state }) => state)).toEqual(['pending_payment', 'paid']);
  expect(text).toContain('event: ended');
  await vi.waitFor(() => expect(shop.checkout.orderStreams.size).toBe(0), { timeout: 15_000 });
});

test('a stream without changes gets heartbeats, and a client that disconnects is forgotten', async () => {
  const { order, order_token } = await shop.accepted();
  const stop = new AbortController();
  const answers = await Promise.all(
    Array.from({ length: 3 }, () => follow(order.id, order_token, stop.signal)),
  );
  expect(shop.checkout.orderStreams.size).toBe(3);
  shop.clock.advance(15_000);
  const reader = answers[0]!.body!.getReader();
  let heard = '';
  while (!heard.endsWith('\n:\n\n')) heard += new TextDecoder().decode((await reader.read()).value);
  stop.abort();
  await vi.waitFor(() => expect(shop.checkout.orderStreams.size).toBe(0), { timeout: 15_000 });
});

test('an order has at most three streams, the newest; however many its holder opens, others have theirs', async () => {
  const { sql, clock, checkout, lifecycle } = shop;
  checkout.orderStreams = createOrderStreams({ sql, clock, log: checkout.log, lifecycle, most: 5 });
  const [greedy, other] = [await orderOf('a'), await orderOf('b')];
  const stop = new AbortController();
  const answers: Response[] = [];
  for (let count = 0; count < 50; count += 1)
    answers.push(await follow(greedy.order.id, greedy.order_token, stop.signal));
  expect(answers.every(({ status }) => status === 200)).toBe(true);
  expect(checkout.orderStreams.size).toBe(3);
  const replaced = await Promise.all(answers.slice(0, 47).map((answer) => answer.text()));
  expect(replaced.every((text) => text.endsWith('event: replaced\ndata: {}\n\n'))).toBe(true);
  expect((await follow(other.order.id, other.order_token, stop.signal)).status).toBe(200);
  expect(checkout.orderStreams.size).toBe(4);
  stop.abort();
  await vi.waitFor(() => expect(checkout.orderStreams.size).toBe(0), { timeout: 15_000 });
});

test('strangers cannot follow an order', async () => {
  const { order } = await shop.accepted();
  expect(await refusal(follow(order.id, 'ord_x'))).toBe('403 order_forbidden');
  expect(shop.checkout.orderStreams.size).toBe(0);
});

test('streams beyond the bound are refused, and a place is free again when an order ends', async () => {
  const { sql, clock, checkout, lifecycle } = shop;
  checkout.orderStreams = createOrderStreams({ sql, clock, log: checkout.log, lifecycle, most: 2 });
  const [first, second, third] = [await orderOf('a'), await orderOf('b'), await orderOf('c')];
  const heard = await follow(first.order.id, first.order_token);
  const stop = new AbortController();
  await follow(second.order.id, second.order_token, stop.signal);

  const refused = await follow(third.order.id, third.order_token);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
  await refused.body?.cancel();

  await markPaid(sql, { orderId: first.order.id, providerId: 'pi', now: new Date() });
  expect(await heard.text()).toContain('event: ended');
  expect((await follow(third.order.id, third.order_token, stop.signal)).status).toBe(200);
  stop.abort();
});

test('one query reads all followed orders, and there is no query without streams', async () => {
  const asked: unknown[] = [];
  const listening = new Proxy(shop.sql, {
    apply: (target, self, given) => {
      // Query parameters are arrays of ids. A template's text is an array too, but has `raw`.
      asked.push(...given.filter((value: unknown) => Array.isArray(value) && !('raw' in value)));
      return Reflect.apply(target as never, self, given);
    },
  });
  const { clock, checkout, lifecycle } = shop;
  checkout.orderStreams = createOrderStreams({ sql: listening, clock, log: checkout.log, lifecycle });
  const [one, other] = [await orderOf('a'), await orderOf('b')];
  const following = await Promise.all(
    [one, other, one, other, one].map(({ order, order_token }) => follow(order.id, order_token)),
  );
  await vi.waitFor(() => expect(asked.length).toBeGreaterThan(1), { timeout: 10_000 });
  expect(new Set(asked.map((ids) => JSON.stringify(ids)))).toEqual(
    new Set([JSON.stringify([one.order.id, other.order.id])]),
  );

  for (const { order } of [one, other])
    await markPaid(shop.sql, { orderId: order.id, providerId: `pi_${order.id}`, now: new Date() });
  await Promise.all(following.map((answer) => answer.text()));
  expect(checkout.orderStreams.size).toBe(0);
});
