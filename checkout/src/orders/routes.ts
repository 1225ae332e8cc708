import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import { orderDocument as orderSchema } from '@shopfast/kit/contracts/api';
import { refuseInvalid } from '@shopfast/kit/http';
import { outgoingOf } from '@shopfast/kit/node-context';
import type { MiddlewareHandler } from 'hono';
import { z } from 'zod';
import type { Checkout, CheckoutHttpEnv } from '../deps.ts';
import { answers, problem } from '../openapi.ts';
import { orderDocument } from './order-answer.ts';
import { cancelAndShow, ownOrder } from './own-order.ts';

const orderParams = z.object({ id: z.uuid() });

const show = createRoute({
  method: 'get',
  path: '/v1/orders/{id}',
  summary: 'The state of an order',
  security: [{ orderToken: [] }, { session: [] }],
  request: { params: orderParams },
  responses: { 200: answers('The order', orderSchema), 403: problem(), 404: problem(), 503: problem() },
});
const events = createRoute({
  method: 'get',
  path: '/v1/orders/{id}/events',
  summary:
    'The same document as server-sent events, within a second of each change, until the payment has ended',
  security: [{ orderToken: [] }, { session: [] }],
  request: { params: orderParams },
  responses: {
    200: { description: 'A stream', content: { 'text/event-stream': { schema: z.string() } } },
    403: problem(),
    404: problem(),
    503: problem('Too many open streams'),
  },
});
const cancel = createRoute({
  method: 'post',
  path: '/v1/orders/{id}/cancel',
  summary: 'Cancel an unpaid order',
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
  app.use('/v1/orders/*', uncached);

  app.openapi(show, async (c) => {
    const order = await ownOrder(checkout, c, c.req.valid('param').id);
    return c.json(orderDocument(order), 200);
  });

  app.openapi(events, async (c) => {
    const order = await ownOrder(checkout, c, c.req.valid('param').id);
    const outgoing = outgoingOf(c);
    checkout.orderStreams.open(order, outgoing, c.get('requestId'));
    return RESPONSE_ALREADY_SENT;
  });

  app.openapi(cancel, async (c) => {
    const { id } = await ownOrder(checkout, c, c.req.valid('param').id);
    return c.json(orderDocument(await cancelAndShow(checkout, id)), 200);
  });
  return app;
}

const uncached: MiddlewareHandler = async (c, next) => {
  await next();
  // Not `c.header`: it creates a new response, and a stream's response is recognised by identity.
  c.res.headers.set('Cache-Control', 'no-store');
};
