import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import { orderAnswer, orderRequest, orderDocument as orderSchema } from '@shopfast/kit/contracts/api';
import { Problem } from '@shopfast/kit/errors';
import { refuseInvalid } from '@shopfast/kit/http';
import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import { knownSession } from '../accounts/session.ts';
import type { Checkout, CheckoutHttpEnv } from '../deps.ts';
import { answers, problem } from '../openapi.ts';
import { requireReservation } from '../tokens/require-reservation.ts';
import { cancelAndShow } from './cancel.ts';
import { orderDocument } from './order-document.ts';
import { orderToken } from './order-token.ts';
import { ownOrder } from './own-order.ts';
import { placeOrder } from './place.ts';

const MAX_BODY_BYTES = 16 * 1024;

const orderHeaders = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[\x20-\x7e]{1,128}$/, 'must be 1 to 128 printable ASCII characters')
    .optional(),
  'x-binding': z.string().optional(),
});
const orderParams = z.object({ id: z.uuid() });

const place = createRoute({
  method: 'post',
  path: '/v1/orders',
  summary: 'Buy, with a reservation token',
  security: [{ reservationToken: [] }],
  request: {
    headers: orderHeaders,
    body: { required: true, content: { 'application/json': { schema: orderRequest } } },
  },
  responses: {
    202: answers('The units are held and the payment is on its way', orderAnswer),
    ...Object.fromEntries([400, 401, 403, 404, 409, 413, 422, 503].map((status) => [status, problem()])),
  },
});
const show = createRoute({
  method: 'get',
  path: '/v1/orders/{id}',
  summary: 'How an order stands',
  security: [{ orderToken: [] }, { session: [] }],
  request: { params: orderParams },
  responses: { 200: answers('The order', orderSchema), 403: problem(), 404: problem(), 503: problem() },
});
const cancel = createRoute({
  method: 'post',
  path: '/v1/orders/{id}/cancel',
  summary: 'Give an unpaid order back',
  security: [{ orderToken: [] }, { session: [] }],
  request: { params: orderParams },
  responses: {
    200: answers('The cancelled order', orderSchema),
    403: problem(),
    404: problem(),
    409: problem('Paid or ended'),
  },
});

export function orderRoutes(checkout: Checkout) {
  const app = new OpenAPIHono<CheckoutHttpEnv>({ defaultHook: refuseInvalid });
  app.use('/v1/orders', uncached, countOutcome(checkout), requestBodyLimit());
  app.use('/v1/orders/*', uncached);

  app.openapi({ ...place, middleware: requireReservation(checkout) }, async (c) => {
    const order = await placeOrder(checkout, {
      reservation: c.get('reservation'),
      session: await knownSession(checkout.accounts, c),
      request: c.req.valid('json'),
      idempotencyKey: c.req.valid('header')['idempotency-key'] ?? null,
    });
    // A repeated request gets the first answer again, however far the order has come since.
    const accepted = orderDocument({ ...order, state: 'pending_payment', late_payment: null });
    const answer = { order: accepted, order_token: orderToken(checkout.config.orderSecret, order.id) };
    return c.json(answer, 202, { Location: `/v1/orders/${order.id}` });
  });

  app.openapi(show, async (c) => {
    const order = await ownOrder(checkout, c, c.req.valid('param').id);
    return c.json(orderDocument(order), 200);
  });

  app.openapi(cancel, async (c) => {
    const { id } = await ownOrder(checkout, c, c.req.valid('param').id);
    return c.json(orderDocument(await cancelAndShow(checkout, id)), 200);
  });
  return app;
}

const uncached: MiddlewareHandler = async (c, next) => {
  await next();
  c.header('Cache-Control', 'no-store');
};

const requestBodyLimit = () =>
  bodyLimit({
    maxSize: MAX_BODY_BYTES,
    onError: () => {
      throw new Problem('body_too_large');
    },
  });

function countOutcome({ metrics }: Checkout): MiddlewareHandler<CheckoutHttpEnv> {
  return async (c, next) => {
    await next();
    const outcome = c.error ? (c.error instanceof Problem ? c.error.code : 'internal') : 'placed';
    metrics.orders.inc({ outcome });
  };
}
