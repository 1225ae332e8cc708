import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import { productDocument } from '@shopfast/kit/contracts/api';
import { productId } from '@shopfast/kit/contracts/text';
import { refuseInvalid } from '@shopfast/kit/http';
import { etag } from 'hono/etag';
import { z } from 'zod';
import type { Checkout, CheckoutHttpEnv } from '../deps.ts';
import { answers, problem } from '../openapi.ts';

const CACHED_A_SECOND = { 'Cache-Control': 'public, max-age=1' };

const list = createRoute({
  method: 'get',
  path: '/v1/products',
  summary: 'The catalogue, at most a second old',
  responses: {
    200: answers('All products', z.object({ products: z.array(productDocument) })),
    503: problem(),
  },
});

const one = createRoute({
  method: 'get',
  path: '/v1/products/{id}',
  summary: 'One product',
  request: { params: z.object({ id: productId }) },
  responses: { 200: answers('The product', productDocument), 404: problem(), 503: problem() },
});

export function catalogRoutes({ catalog }: Checkout) {
  const app = new OpenAPIHono<CheckoutHttpEnv>({ defaultHook: refuseInvalid });
  for (const path of ['/v1/products', '/v1/products/:id']) app.use(path, etag());
  app.openapi(list, (c) => c.json({ products: catalog.products() }, 200, CACHED_A_SECOND));
  app.openapi(one, (c) => c.json(catalog.product(c.req.valid('param').id), 200, CACHED_A_SECOND));
  return app;
}
