import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import { findApiKeyByHash } from '@shopfast/db/api-keys';
import { operatorsBulkhead } from '@shopfast/db/database-bulkhead';
import { answerStore } from '@shopfast/db/idempotency';
import { findProduct, listProducts, type StockedProduct } from '@shopfast/db/products';
import { type AdminAccess, type AdminEnv, authenticate, requires } from '@shopfast/kit/admin/authenticate';
import { authorOf } from '@shopfast/kit/admin/author';
import { idempotencyHeader, idempotent } from '@shopfast/kit/admin/idempotency';
import { ifMatchHeader, readIfMatch } from '@shopfast/kit/admin/if-match';
import {
  ADMIN_KEY,
  adminProblems,
  answers,
  body,
  ETAG,
  LOCATION,
  OF_A_BODY,
} from '@shopfast/kit/api-document/describe';
import {
  adminProductDocument,
  adminProductList,
  newProduct,
  productPage,
  productParams,
  someProductSettings,
  stockChange,
} from '@shopfast/kit/contracts/products';
import { Problem } from '@shopfast/kit/errors';
import { refuseInvalid } from '@shopfast/kit/http';
import { createSealer } from '@shopfast/kit/sealer';
import { bodyLimit } from 'hono/body-limit';
import type { Checkout } from '../../deps.ts';
import { productToJson } from './product-to-json.ts';
import { changeProduct, createProduct, restock } from './products.ts';

const MAX_BODY_BYTES = 64 * 1024;

const shared = { tags: ['Products'], security: ADMIN_KEY };
const at = { params: productParams };

const routes = {
  list: createRoute({
    ...shared,
    operationId: 'listAdminProducts',
    method: 'get',
    path: '/v1/admin/products',
    summary: 'List all products with their units, by id',
    request: { query: productPage },
    responses: {
      200: answers('Products', adminProductList),
      ...adminProblems('overloaded', 'invalid_request'),
    },
  }),
  create: createRoute({
    ...shared,
    operationId: 'createProduct',
    method: 'post',
    path: '/v1/admin/products',
    summary: 'Add a product to the catalogue',
    request: { headers: idempotencyHeader, body: body(newProduct) },
    responses: {
      201: { ...answers('The new product', adminProductDocument), headers: { ...ETAG, ...LOCATION } },
      ...adminProblems('overloaded', 'product_exists', 'request_in_progress', ...OF_A_BODY),
    },
  }),
  read: createRoute({
    ...shared,
    operationId: 'getAdminProduct',
    method: 'get',
    path: '/v1/admin/products/{id}',
    summary: 'Read one product with its units',
    request: at,
    responses: {
      200: { ...answers('The product', adminProductDocument), headers: ETAG },
      ...adminProblems('overloaded', 'product_unknown', 'invalid_request'),
    },
  }),
  change: createRoute({
    ...shared,
    operationId: 'updateProduct',
    method: 'patch',
    path: '/v1/admin/products/{id}',
    summary: 'Change a product',
    description: 'Every purchase that starts afterwards uses the new values.',
    request: { ...at, headers: ifMatchHeader, body: body(someProductSettings) },
    responses: {
      200: { ...answers('The product as it is now', adminProductDocument), headers: ETAG },
      ...adminProblems('overloaded', 'product_unknown', 'edit_conflict', ...OF_A_BODY),
    },
  }),
  restock: createRoute({
    ...shared,
    operationId: 'changeStock',
    method: 'post',
    path: '/v1/admin/products/{id}/stock',
    summary: 'Add units, or remove units that are neither held nor sold',
    request: { ...at, headers: idempotencyHeader, body: body(stockChange) },
    responses: {
      200: { ...answers('The product as it is now', adminProductDocument), headers: ETAG },
      ...adminProblems(
        ...(['overloaded', 'product_unknown', 'stock_out_of_range', 'request_in_progress'] as const),
        ...OF_A_BODY,
      ),
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
