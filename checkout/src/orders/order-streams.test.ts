import { markPaid } from '@shopfast/db/orders/mark-paid';
import { orderDocument } from '@shopfast/kit/contracts/api';
import { listen } from '@shopfast/kit/http';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openShop, refusal, type Shop } from '../shop.fixture.ts';

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

const follow = (id: string, token: string, signal?: AbortSignal) =>
  fetch(`${url}/v1/orders/${id}/events`, {
    headers: { authorization: `Bearer ${token}` },
    ...(signal ? { signal } : {}),
  });

test('an order is followed until its end: each change is told once, and then the stream is over', async () => {
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
  await vi.waitFor(() => expect(shop.checkout.orderStreams.size).toBe(0));
});

test('many may follow one order, one who hears nothing new hears a heartbeat, and who goes is forgotten', async () => {
  const { order, order_token } = await shop.accepted();
  const stop = new AbortController();
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => follow(order.id, order_token, stop.signal)),
  );
  expect(shop.checkout.orderStreams.size).toBe(20);
  shop.clock.advance(15_000);
  const reader = answers[0]!.body!.getReader();
  let heard = '';
  while (!heard.endsWith('\n:\n\n')) heard += new TextDecoder().decode((await reader.read()).value);
  stop.abort();
  await vi.waitFor(() => expect(shop.checkout.orderStreams.size).toBe(0));
});

test('strangers follow nothing', async () => {
  const { order } = await shop.accepted();
  expect(await refusal(follow(order.id, 'ord_x'))).toBe('403 order_forbidden');
  expect(shop.checkout.orderStreams.size).toBe(0);
});
