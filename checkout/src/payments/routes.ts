import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { answers, body, NO_KEY, problems } from '@shopfast/kit/api-document/describe';
import { paymentOptions, receivedEvent } from '@shopfast/kit/contracts/api';
import { Problem } from '@shopfast/kit/errors';
import { bodyLimit } from 'hono/body-limit';
import type { Checkout, CheckoutHttpEnv } from '../deps.ts';
import { optionsWith } from './card-form.ts';
import { receivePaymentEvent } from './webhook.ts';

const MAX_BODY_BYTES = 256 * 1024;

const shared = { tags: ['Payments'], security: NO_KEY };

/** Described only: the signature is of the body's bytes, so the handler must read them before anything parses them. */
const webhook = {
  ...shared,
  operationId: 'receivePaymentEvent',
  method: 'post',
  path: '/v1/payments/webhook',
  summary: 'Receive a signed event of the payment provider; duplicates and any order are fine',
  request: {
    headers: z.object({ 'stripe-signature': z.string() }),
    body: body(
      z.record(z.string(), z.unknown()).openapi({
        description: 'An event of Stripe',
        example: { id: 'evt_1', type: 'payment_intent.succeeded' },
      }),
    ),
  },
  responses: {
    200: answers('Stored, now or before', receivedEvent),
    ...problems('signature_invalid', 'malformed_request', 'body_too_large', 'overloaded', 'unavailable'),
  },
} as const;
const options = createRoute({
  ...shared,
  operationId: 'getPaymentOptions',
  method: 'get',
  path: '/v1/payments/options',
  summary: 'Read how the shop takes payment: the provider’s card form, or only test cards',
  responses: { 200: answers('The same for everybody', paymentOptions), ...problems('headers_too_large') },
});

export function paymentRoutes(checkout: Checkout) {
  const app = new OpenAPIHono<CheckoutHttpEnv>();
  const limit = bodyLimit({
    maxSize: MAX_BODY_BYTES,
    onError: () => {
      throw new Problem('body_too_large');
    },
  });
  app.openAPIRegistry.registerPath(webhook);
  app.post(webhook.path, limit, async (c) => {
    await receivePaymentEvent(checkout, {
      body: await c.req.text(),
      signature: c.req.header('stripe-signature'),
    });
    return c.json({ received: true }, 200);
  });
  const offered = optionsWith(checkout.config.cardForm);
  app.openapi(options, (c) => c.json(offered, 200, { 'Cache-Control': 'public, max-age=60' }));
  return app;
}
