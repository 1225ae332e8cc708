import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import { orderDocument as orderSchema } from '@shopfast/kit/contracts/api';
import { Problem } from '@shopfast/kit/errors';
import { bearer, refuseInvalid } from '@shopfast/kit/http';
import type { Context, MiddlewareHandler } from 'hono';
import { z } from 'zod';
import type { Checkout, CheckoutHttpEnv } from '../deps.ts';
import { answers, problem } from '../openapi.ts';
import { cancelAndShow } from './cancel.ts';
import { orderDocument } from './order-document.ts';
import { opensOrder } from './order-token.ts';
import { showOrder } from './show.ts';

const orderParams = z.object({ id: z.uuid() });

const show = createRoute({
  method: 'get',
  path: '/v1/orders/{id}',
  summary: 'How an order stands',
  security: [{ orderToken: [] }],
  request: { params: orderParams },
  responses: { 200: answers('The order', orderSchema), 403: problem(), 404: problem(), 503: problem() },
});
const cancel = createRoute({
  method: 'post',
  path: '/v1/orders/{id}/cancel',
  summary: 'Give an unpaid order back',
  security: [{ orderToken: [] }],
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
    const orderId = ownOrder(checkout, c, c.req.valid('param').id);
    return c.json(orderDocument(await showOrder(checkout, orderId)), 200);
  });

  app.openapi(cancel, async (c) => {
    const orderId = ownOrder(checkout, c, c.req.valid('param').id);
    return c.json(orderDocument(await cancelAndShow(checkout, orderId)), 200);
  });
  return app;
}

/** Without the order's token every id gets the same answer, so that nobody learns which orders exist. */
function ownOrder({ config }: Checkout, c: Context, orderId: string): string {
  if (!opensOrder(config.orderSecret, orderId, bearer(c))) throw new Problem('order_forbidden');
  return orderId;
}

const uncached: MiddlewareHandler = async (c, next) => {
  await next();
  c.header('Cache-Control', 'no-store');
};
