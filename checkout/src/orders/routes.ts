import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import { answers, eventStream, ORDER, problems } from '@shopfast/kit/api-document/describe';
import { orderDocument as orderSchema } from '@shopfast/kit/contracts/api';
import { refuseInvalid } from '@shopfast/kit/http';
import { outgoingOf } from '@shopfast/kit/node-context';
import type { MiddlewareHandler } from 'hono';
import { z } from 'zod';
import type { Checkout, CheckoutHttpEnv } from '../deps.ts';
import { orderDocument } from './order-answer.ts';
import { cancelAndShow, ownOrder } from './own-order.ts';

const shared = { tags: ['Orders'], security: ORDER, request: { params: z.object({ id: z.uuid() }) } };
/** What a call for one order may refuse. */
const ofAnOrder = [
  'order_forbidden',
  'order_unknown',
  'invalid_request',
  'overloaded',
  'unavailable',
] as const;

const show = createRoute({
  ...shared,
  operationId: 'getOrder',
  method: 'get',
  path: '/v1/orders/{id}',
  summary: 'Read the state of an order',
  responses: { 200: answers('The order', orderSchema), ...problems(...ofAnOrder) },
});
const events = createRoute({
  ...shared,
  operationId: 'streamOrder',
  method: 'get',
  path: '/v1/orders/{id}/events',
  summary: 'Follow the state of an order',
  description:
    'Server-sent events with the order, within a second of each change, until the payment has ended.',
  responses: { 200: eventStream('A stream of Order'), ...problems(...ofAnOrder) },
});
const cancel = createRoute({
  ...shared,
  operationId: 'cancelOrder',
  method: 'post',
  path: '/v1/orders/{id}/cancel',
  summary: 'Cancel an unpaid order; a repeated call has no effect',
  responses: {
    200: answers('The cancelled order', orderSchema),
    ...problems(...ofAnOrder, 'origin_forbidden', 'order_not_cancellable'),
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
