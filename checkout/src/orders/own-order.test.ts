import { randomUUID } from 'node:crypto';
import { markPaid } from '@shopfast/db/orders/mark-paid';
import { requireAction } from '@shopfast/db/orders/payment-attempt';
import { orderDocument } from '@shopfast/kit/contracts/api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openShop, refusal, type Shop } from '../shop.fixture.ts';
import { orderToken } from './order-answer.ts';

describe('the buyer of an order', () => {
  let shop: Shop;
  beforeEach(async () => {
    shop = await openShop();
  });
  afterEach(() => shop.close());

  const ask = (id: string, token?: string, step: '' | '/cancel' = '') =>
    shop.app.request(`/v1/orders/${id}${step}`, {
      method: step ? 'POST' : 'GET',
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    });

  test('sees its state', async () => {
    const { order, order_token } = await shop.accepted();
    const response = await ask(order.id, order_token);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(orderDocument.parse(await response.json())).toEqual(order);
    await markPaid(shop.sql, { orderId: order.id, providerId: 'pi_1', now: new Date() });
    expect(await (await ask(order.id, order_token)).json()).toEqual({ ...order, state: 'paid' });
  });

  test('sees where to complete a 3-D Secure step, while it is asked for', async () => {
    const { order, order_token } = await shop.accepted();
    const actionUrl = 'https://bank.example/step';
    await requireAction(shop.sql, { orderId: order.id, providerId: 'pi_1', actionUrl, now: new Date() });
    expect(await (await ask(order.id, order_token)).json()).toEqual({ ...order, action_url: actionUrl });
    await ask(order.id, order_token, '/cancel');
    expect(await (await ask(order.id, order_token)).json()).not.toHaveProperty('action_url');
  });

  test('cancels it while it is unpaid, once or twice, and its unit is available again', async () => {
    const { order, order_token } = await shop.accepted();
    for (let time = 0; time < 2; time += 1) {
      const response = await ask(order.id, order_token, '/cancel');
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual({ ...order, state: 'cancelled' });
    }
    expect(await shop.units()).toEqual({ available: 50, held: 0, sold: 0 });
  });

  test('cannot cancel it once it is paid', async () => {
    const { order, order_token } = await shop.accepted();
    await markPaid(shop.sql, { orderId: order.id, providerId: 'pi_1', now: new Date() });
    expect(await refusal(ask(order.id, order_token, '/cancel'))).toBe('409 order_not_cancellable');
  });

  test('is the only reader: strangers cannot find out whether an order exists', async () => {
    const { order } = await shop.accepted();
    const other = await shop.accepted({ email: 'bob@example.com' });
    const forged = orderToken('another secret of thirty-two bytes', order.id);
    for (const id of [order.id, randomUUID()])
      for (const token of [undefined, '', 'ord_', other.order_token, forged])
        for (const step of ['', '/cancel'] as const)
          expect(await refusal(ask(id, token, step))).toBe('403 order_forbidden');
    expect(await shop.units()).toEqual({ available: 48, held: 2, sold: 0 });
  });

  test('gets order_unknown when the token is valid but its order is gone', async () => {
    const id = randomUUID();
    expect(await refusal(ask(id, orderToken(shop.checkout.config.orderSecret, id)))).toBe(
      '404 order_unknown',
    );
    expect(await refusal(ask('7', 'ord_7'))).toBe('422 invalid_request');
  });
});
