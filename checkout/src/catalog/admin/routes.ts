import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import { findApiKeyByHash } from '@shopfast/db/api-keys';
import { operatorsBulkhead } from '@shopfast/db/database-bulkhead';
import { answerStore } from '@shopfast/db/idempotency';
import { findProduct, listProducts, type StockedProduct } from '@shopfast/db/products';
import { type AdminAccess, type AdminEnv, authenticate, requires } from '@shopfast/kit/admin/authenticate';
import { authorOf } from '@shopfast/kit/admin/author';
import { idempotencyHeader, idempotent } from '@shopfast/kit/admin/idempotency';
import { readIfMatch } from '@shopfast/kit/admin/if-match';
import { integer, pageSize, productId } from '@shopfast/kit/contracts/text';
import { Problem } from '@shopfast/kit/errors';
import { refuseInvalid } from '@shopfast/kit/http';
import { createSealer } from '@shopfast/kit/sealer';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import type { Checkout } from '../../deps.ts';
import { answers, problem } from '../../openapi.ts';
import { adminProductDocument, newProduct, productToJson, someProductSettings } from './product-settings.ts';
import { changeProduct, createProduct, restock } from './products.ts';

const MAX_BODY_BYTES = 64 * 1024;

const security = [{ adminKey: [] }];
const params = z.object({ id: productId });
const body = <Schema extends z.ZodType>(schema: Schema) => ({
  required: true,
  content: { 'application/json': { schema } },
});
const refusals = (...statuses: number[]) =>
  Object.fromEntries([401, 403, 503, ...statuses].map((status) => [status, problem()]));

const routes = {
  list: createRoute({
    method: 'get',
    path: '/v1/admin/products',
    summary: 'All products with their units, by id',
    security,
    request: {
      query: z.object({
        after: productId.optional(),
        limit: pageSize({ most: 500, usual: 100 }),
      }),
    },
    responses: {
      200: answers('Products', z.object({ products: z.array(adminProductDocument) })),
      ...refusals(422),
    },
  }),
  create: createRoute({
    method: 'post',
    path: '/v1/admin/products',
    summary: 'Add a product to the catalogue',
    security,
    request: { headers: idempotencyHeader, body: body(newProduct) },
    responses: { 201: answers('The new product', adminProductDocument), ...refusals(409, 422) },
  }),
  read: createRoute({
    method: 'get',
    path: '/v1/admin/products/{id}',
    summary: 'One product with its units; its version is the ETag',
    security,
    request: { params },
    responses: { 200: answers('The product', adminProductDocument), ...refusals(404) },
  }),
  change: createRoute({
    method: 'patch',
    path: '/v1/admin/products/{id}',
    summary:
      'Change a product; every purchase that starts afterwards uses the new values. If-Match prevents lost updates',
    security,
    request: { params, body: body(someProductSettings) },
    responses: {
      200: answers('The product as it is now', adminProductDocument),
      ...refusals(404, 412, 422),
    },
  }),
  restock: createRoute({
    method: 'post',
    path: '/v1/admin/products/{id}/stock',
    summary: 'Add units, or remove (negative delta) units that are neither held nor sold',
    security,
    request: {
      params,
      headers: idempotencyHeader,
      body: body(z.strictObject({ delta: integer(-1_000_000_000, 1_000_000_000) })),
    },
    responses: {
      200: answers('The product as it is now', adminProductDocument),
      ...refusals(404, 409, 422),
    },
  }),
};

/** Operators' calls for the catalogue, with the admin keys of the gateway. */
export function adminProductRoutes(checkout: Checkout, door: AdminAccess) {
  const { sql, clock, config } = checkout;
  const bulkhead = operatorsBulkhead();
  const app = new OpenAPIHono<AdminEnv>({ defaultHook: refuseInvalid });
  const checkKey = authenticate({
    findKey: (hash) => bulkhead.run(() => findApiKeyByHash(sql, hash)),
    clock,
    ...door,
  });
  const sealer = createSealer(config.orderSecret, 'shopfast operators');
  const kept = answerStore(sql);
  const repeatable = idempotent({
    answers: {
      claim: (key, request) => bulkhead.run(() => kept.claim(key, request)),
      keep: (key, answer) => bulkhead.run(() => kept.keep(key, answer)),
      release: (key) => bulkhead.run(() => kept.release(key)),
    },
    sealer,
    clock,
  });
  const limit = bodyLimit({
    maxSize: MAX_BODY_BYTES,
    onError: () => {
      throw new Problem('body_too_large');
    },
  });
  // Hono's `/*` also matches the path without a suffix.
  app.use('/v1/admin/products/*', checkKey);
  // The role is checked before the input.
  const viewers = [requires('viewer')];
  const operators = [requires('operator'), limit];
  const operatorsOnce = [...operators, repeatable];

  app.openapi({ ...routes.list, middleware: viewers }, async (c) => {
    const products = await bulkhead.run(() => listProducts(sql, c.req.valid('query')));
    return c.json({ products: products.map(productToJson) }, 200, UNCACHED);
  });
  app.openapi({ ...routes.create, middleware: operatorsOnce }, async (c) => {
    const product = await bulkhead.run(() => createProduct(checkout, c.req.valid('json'), authorOf(c)));
    const headers = { ...etag(product), Location: `/v1/admin/products/${product.id}` };
    return c.json(productToJson(product), 201, headers);
  });
  app.openapi({ ...routes.read, middleware: viewers }, async (c) => {
    const product = await bulkhead.run(() => findProduct(sql, c.req.valid('param').id));
    if (!product) throw new Problem('product_unknown');
    return c.json(productToJson(product), 200, etag(product));
  });
  app.openapi({ ...routes.change, middleware: operators }, async (c) => {
    const { id } = c.req.valid('param');
    const expected = readIfMatch(c.req.header('if-match'));
    const product = await bulkhead.run(() =>
      changeProduct(checkout, id, c.req.valid('json'), expected, authorOf(c)),
    );
    return c.json(productToJson(product), 200, etag(product));
  });
  app.openapi({ ...routes.restock, middleware: operatorsOnce }, async (c) => {
    const request = { id: c.req.valid('param').id, delta: c.req.valid('json').delta };
    const product = await bulkhead.run(() => restock(checkout, request, authorOf(c)));
    return c.json(productToJson(product), 200, etag(product));
  });
  return app;
}

const UNCACHED = { 'Cache-Control': 'no-store' };
const etag = ({ version }: StockedProduct) => ({ ETag: `"${version}"`, ...UNCACHED });
