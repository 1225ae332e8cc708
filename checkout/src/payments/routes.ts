import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import { paymentOptions } from '@shopfast/kit/contracts/api';
import { Problem } from '@shopfast/kit/errors';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import type { Checkout, CheckoutHttpEnv } from '../deps.ts';
import { answers, problem } from '../openapi.ts';
import { optionsWith } from './card-form.ts';
import { receivePaymentEvent } from './webhook.ts';

const MAX_BODY_BYTES = 256 * 1024;

const webhook = createRoute({
  method: 'post',
  path: '/v1/payments/webhook',
  summary: 'Signed events of the payment provider; duplicates and any order are fine',
  responses: {
    200: answers('Stored, now or before', z.object({ received: z.literal(true) })),
    400: problem('The signature is wrong or too old, or the body is no event'),
    503: problem(),
  },
});
const options = createRoute({
  method: 'get',
  path: '/v1/payments/options',
  summary: 'How the shop takes payment: the provider’s card form, or only test cards',
  responses: { 200: answers('The same for everybody', paymentOptions) },
});

export function paymentRoutes(checkout: Checkout) {
  const app = new OpenAPIHono<CheckoutHttpEnv>();
  const limit = bodyLimit({
    maxSize: MAX_BODY_BYTES,
    onError: () => {
      throw new Problem('body_too_large');
    },
  });
  app.openapi({ ...webhook, middleware: limit }, async (c) => {
    await receivePaymentEvent(checkout, {
      body: await c.req.text(),
      signature: c.req.header('stripe-signature'),
    });
    return c.json({ received: true as const }, 200);
  });
  const offered = optionsWith(checkout.config.cardForm);
  app.openapi(options, (c) => c.json(offered, 200, { 'Cache-Control': 'public, max-age=60' }));
  return app;
}
