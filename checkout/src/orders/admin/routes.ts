import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import { findApiKeyByHash } from '@shopfast/db/api-keys';
import { operatorsBulkhead } from '@shopfast/db/database-bulkhead';
import { type AdminAccess, type AdminEnv, authenticate, requires } from '@shopfast/kit/admin/authenticate';
import { authorOf } from '@shopfast/kit/admin/author';
import { line } from '@shopfast/kit/contracts/text';
import { Problem } from '@shopfast/kit/errors';
import { refuseInvalid } from '@shopfast/kit/http';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import type { Checkout } from '../../deps.ts';
import { answers, problem } from '../../openapi.ts';
import { refund } from './refund.ts';

const MAX_BODY_BYTES = 4 * 1024;

const refundRoute = createRoute({
  method: 'post',
  path: '/v1/admin/orders/{id}/refund',
  summary: 'Refund a paid order; a repeated call has no effect',
  security: [{ adminKey: [] }],
  request: {
    params: z.object({ id: z.uuid() }),
    body: {
      required: true,
      content: { 'application/json': { schema: z.strictObject({ reason: line({ most: 200 }) }) } },
    },
  },
  responses: {
    202: answers('The refund is on its way', z.object({ order_id: z.uuid(), asked_before: z.boolean() })),
    ...Object.fromEntries([401, 403, 404, 409, 422, 503].map((status) => [status, problem()])),
  },
});

/** Operators' calls for orders, with the admin keys of the gateway. */
export function adminOrderRoutes(checkout: Checkout, door: AdminAccess) {
  const { sql, clock } = checkout;
  const bulkhead = operatorsBulkhead();
  const app = new OpenAPIHono<AdminEnv>({ defaultHook: refuseInvalid });
  const checkKey = authenticate({
    findKey: (hash) => bulkhead.run(() => findApiKeyByHash(sql, hash)),
    clock,
    ...door,
  });
  const limit = bodyLimit({
    maxSize: MAX_BODY_BYTES,
    onError: () => {
      throw new Problem('body_too_large');
    },
  });
  app.use('/v1/admin/orders/*', checkKey);
  app.openapi({ ...refundRoute, middleware: [requires('operator'), limit] }, async (c) => {
    const request = { orderId: c.req.valid('param').id, reason: c.req.valid('json').reason };
    const asked = await bulkhead.run(() => refund(checkout, request, authorOf(c)));
    return c.json({ order_id: request.orderId, asked_before: !asked }, 202, { 'Cache-Control': 'no-store' });
  });
  return app;
}
