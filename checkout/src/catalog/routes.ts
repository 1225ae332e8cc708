import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import { answers, NO_KEY, problems } from '@shopfast/kit/api-document/describe';
import { productDocument, productList } from '@shopfast/kit/contracts/api';
import { productParams } from '@shopfast/kit/contracts/products';
import { refuseInvalid } from '@shopfast/kit/http';
import { etag } from 'hono/etag';
import type { Checkout, CheckoutHttpEnv } from '../deps.ts';

const CACHED_A_SECOND = { 'Cache-Control': 'public, max-age=1' };

const shared = { method: 'get' as const, tags: ['Shop'], security: NO_KEY };

const list = createRoute({
  ...shared,
  operationId: 'listProducts',
  path: '/v1/products',
  summary: 'List the catalogue, at most a second old',
  responses: { 200: answers('All products', productList), ...problems('headers_too_large', 'unavailable') },
});

const one = createRoute({
  ...shared,
  operationId: 'getProduct',
  path: '/v1/products/{id}',
  summary: 'Read one product',
  request: { params: productParams },
  responses: {
    200: answers('The product', productDocument),
    ...problems('product_unknown', 'invalid_request', 'unavailable'),
  },
});

export function catalogRoutes({ catalog }: Checkout) {
  const app = new OpenAPIHono<CheckoutHttpEnv>({ defaultHook: refuseInvalid });
  for (const path of ['/v1/products', '/v1/products/:id']) app.use(path, etag());
  app.openapi(list, (c) => c.json({ products: catalog.products() }, 200, CACHED_A_SECOND));
  app.openapi(one, (c) => c.json(catalog.product(c.req.valid('param').id), 200, CACHED_A_SECOND));
  return app;
}
