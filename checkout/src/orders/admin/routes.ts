import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import { findApiKeyByHash } from '@shopfast/db/api-keys';
import { operatorsBulkhead } from '@shopfast/db/database-bulkhead';
import { type AdminAccess, type AdminEnv, authenticate, requires } from '@shopfast/kit/admin/authenticate';
import { authorOf } from '@shopfast/kit/admin/author';
import { ADMIN_KEY, adminProblems, answers, body, OF_A_BODY } from '@shopfast/kit/api-document/describe';
import { refundAnswer, refundRequest } from '@shopfast/kit/contracts/api';
import { Problem } from '@shopfast/kit/errors';
import { refuseInvalid } from '@shopfast/kit/http';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import type { Checkout } from '../../deps.ts';
import { refund } from './refund.ts';

const MAX_BODY_BYTES = 4 * 1024;

const refundRoute = createRoute({
  operationId: 'refundOrder',
  method: 'post',
  path: '/v1/admin/orders/{id}/refund',
  tags: ['Orders'],
  security: ADMIN_KEY,
  summary: 'Refund a paid order; a repeated call has no effect',
  request: { params: z.object({ id: z.uuid() }), body: body(refundRequest) },
  responses: {
    202: answers('The refund is on its way', refundAnswer),
    ...adminProblems('overloaded', 'order_unknown', 'order_not_refundable', ...OF_A_BODY),
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
