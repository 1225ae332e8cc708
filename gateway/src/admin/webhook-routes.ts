import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import { listDeliveries } from '@shopfast/db/webhook-deliveries';
import { deleteWebhook, type ListedWebhook, listWebhooks } from '@shopfast/db/webhooks';
import type { AdminEnv } from '@shopfast/kit/admin/authenticate';
import { auditEntry, authorOf } from '@shopfast/kit/admin/author';
import { idempotencyHeader } from '@shopfast/kit/admin/idempotency';
import { ADMIN_KEY, adminProblems, answers, body, OF_A_BODY } from '@shopfast/kit/api-document/describe';
import {
  createdWebhook,
  deliveryList,
  type Webhook,
  webhookList,
  webhookParams,
  webhookRequest,
} from '@shopfast/kit/contracts/webhooks';
import { Problem } from '@shopfast/kit/errors';
import { refuseInvalid } from '@shopfast/kit/http';
import type { MiddlewareHandler } from 'hono';
import { createWebhook } from '../webhooks/create.ts';
import type { AdminDeps } from './deps.ts';
import { needs } from './needs.ts';

const tags = ['Webhooks'];

const routes = {
  list: createRoute({
    operationId: 'listWebhooks',
    method: 'get',
    path: '/',
    middleware: needs('operator'),
    tags,
    security: ADMIN_KEY,
    summary: 'List all webhooks, without their secrets',
    responses: { 200: answers('The webhooks', webhookList), ...adminProblems() },
  }),
  create: createRoute({
    operationId: 'createWebhook',
    method: 'post',
    path: '/',
    tags,
    security: ADMIN_KEY,
    summary: 'Create a webhook; its secret is shown only once',
    description:
      'Each event is posted as JSON `{id, type, created_at, room, data}` with `ShopFast-Signature: t=…,v1=…`: v1 is the hex HMAC-SHA-256, with the secret as key, of t, a full stop and the body. Answer 2xx within 5 s; otherwise it comes again, with growing pauses, for a day. An event may come twice and out of order: `id` names what happened.',
    request: { headers: idempotencyHeader, body: body(webhookRequest) },
    responses: {
      201: answers('The webhook', createdWebhook),
      ...adminProblems('request_in_progress', ...OF_A_BODY),
    },
  }),
  delete: createRoute({
    operationId: 'deleteWebhook',
    method: 'delete',
    path: '/{id}',
    middleware: needs('owner'),
    tags,
    security: ADMIN_KEY,
    summary: 'Delete a webhook and its pending deliveries',
    request: { params: webhookParams },
    responses: { 204: { description: 'Deleted' }, ...adminProblems('webhook_unknown', 'invalid_request') },
  }),
  deliveries: createRoute({
    operationId: 'listWebhookDeliveries',
    method: 'get',
    path: '/{id}/deliveries',
    middleware: needs('operator'),
    tags,
    security: ADMIN_KEY,
    summary: 'List the last hundred deliveries, newest first',
    request: { params: webhookParams },
    responses: { 200: answers('Deliveries', deliveryList), ...adminProblems('invalid_request') },
  }),
};

/** Webhooks, mounted at `/v1/admin/webhooks`. */
export function adminWebhookRoutes(
  gateway: AdminDeps,
  repeatable: MiddlewareHandler<AdminEnv>,
): OpenAPIHono<AdminEnv> {
  const app = new OpenAPIHono<AdminEnv>({ defaultHook: refuseInvalid });
  app.openapi(routes.list, async (c) => {
    return c.json({ webhooks: (await listWebhooks(gateway.sql)).map(webhookToJson) }, 200);
  });
  app.openapi({ ...routes.create, middleware: [...needs('owner'), repeatable] }, async (c) => {
    const { webhook, secret } = await createWebhook(gateway, c.req.valid('json'), authorOf(c));
    return c.json({ ...webhookToJson(webhook), secret }, 201, { 'Cache-Control': 'no-store' });
  });
  app.openapi(routes.delete, async (c) => {
    const { id } = c.req.valid('param');
    const entry = auditEntry(authorOf(c), gateway.clock.now(), { action: 'webhook.delete', target: id });
    if (!(await deleteWebhook(gateway.sql, id, entry))) throw new Problem('webhook_unknown');
    return c.body(null, 204);
  });
  app.openapi(routes.deliveries, async (c) => {
    const rows = await listDeliveries(gateway.sql, c.req.valid('param').id, 100);
    const deliveries = rows.map((row) => {
      const state: 'pending' | 'delivered' | 'failed' = row.delivered_at
        ? 'delivered'
        : row.failed_at
          ? 'failed'
          : 'pending';
      return {
        id: row.cause,
        event: row.event,
        room: row.room,
        state,
        attempts: row.attempts,
        created_at: row.created_at.toISOString(),
        next_attempt_at: state === 'pending' ? row.next_attempt_at.toISOString() : null,
        last_error: row.last_error,
      };
    });
    return c.json({ deliveries }, 200);
  });
  return app;
}

function webhookToJson(row: ListedWebhook): Webhook {
  const { id, url, events, backlog_threshold, created_at } = row;
  return { id, url, events, backlog_threshold, created_at: created_at.toISOString() };
}
