import type { Sql } from '@shopfast/db/client';
import { storePaymentEvent } from '@shopfast/db/payment-events';
import { listen } from '@shopfast/kit/http';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import { Hono } from 'hono';
import Stripe from 'stripe';

/**
 * Verifies webhooks and stores them, as the checkout does.
 * @returns the address to send them to
 */
export async function receiveWebhooks(sql: Sql, secret: string, lifecycle: Lifecycle): Promise<string> {
  const app = new Hono();
  app.post('/webhook', async (c) => {
    const event = Stripe.webhooks.constructEvent(
      await c.req.text(),
      c.req.header('stripe-signature') ?? '',
      secret,
    );
    await storePaymentEvent(sql, {
      id: event.id,
      type: event.type,
      payload: event as unknown as Record<string, unknown>,
      receivedAt: new Date(),
    });
    return c.body(null, 200);
  });
  const { port } = await listen({ fetch: app.fetch, port: 0, host: '127.0.0.1', lifecycle });
  return `http://127.0.0.1:${port}/webhook`;
}
