import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { WEBHOOK_EVENTS } from '@shopfast/db/schema/values';
import { listDeliveries } from '@shopfast/db/webhook-deliveries';
import { deleteWebhook, type ListedWebhook, listWebhooks } from '@shopfast/db/webhooks';
import type { AdminEnv } from '@shopfast/kit/admin/authenticate';
import { auditEntry, authorOf } from '@shopfast/kit/admin/author';
import { idempotencyHeader } from '@shopfast/kit/admin/idempotency';
import { integer } from '@shopfast/kit/contracts/text';
import { isSecureUrl } from '@shopfast/kit/contracts/web-address';
import { Problem } from '@shopfast/kit/errors';
import { refuseInvalid } from '@shopfast/kit/http';
import type { MiddlewareHandler } from 'hono';
import { createWebhook } from '../webhooks/create.ts';
import type { AdminDeps } from './deps.ts';
import { needs } from './needs.ts';

const tags = ['Webhooks'];
const security = [{ adminKey: [] }];
const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } });
const params = z.object({ id: z.uuid() });

const webhookRequest = z.strictObject({
  url: z
    .string()
    .max(2_000)
    .refine(isSecureUrl, 'must be https (http only to localhost), without a user and password')
    .meta({ format: 'uri', description: 'https; http only to localhost' }),
  events: z.array(z.enum(WEBHOOK_EVENTS)).min(1).max(20),
  backlog_threshold: integer(1, 100_000_000).optional(),
});
const webhookDocument = z.object({
  id: z.string(),
  url: z.string(),
  events: z.array(z.enum(WEBHOOK_EVENTS)),
  backlog_threshold: z.number().int().nullable(),
  created_at: z.iso.datetime(),
});
const deliveryDocument = z.object({
  id: z.string(),
  event: z.enum(WEBHOOK_EVENTS),
  room: z.string(),
  state: z.enum(['pending', 'delivered', 'failed']),
  attempts: z.number().int(),
  created_at: z.iso.datetime(),
  next_attempt_at: z.iso.datetime().nullable(),
  last_error: z.string().nullable(),
});

const routes = {
  list: createRoute({
    method: 'get',
    path: '/',
    middleware: needs('operator'),
    tags,
    security,
    summary: 'All webhooks, without their secrets',
    responses: {
      200: { description: 'The webhooks', ...json(z.object({ webhooks: z.array(webhookDocument) })) },
    },
  }),
  create: createRoute({
    method: 'post',
    path: '/',
    tags,
    security,
    summary: 'Create a webhook; its secret is shown only once',
    description:
      'Each event is posted as JSON `{id, type, created_at, room, data}` with `ShopFast-Signature: t=…,v1=…`: v1 is the hex HMAC-SHA-256, with the secret as key, of t, a full stop and the body. Answer 2xx within 5 s; otherwise it comes again, with growing pauses, for a day. An event may come twice and out of order: `id` names what happened.',
    request: { headers: idempotencyHeader, body: { required: true, ...json(webhookRequest) } },
    responses: {
      201: { description: 'The webhook', ...json(webhookDocument.extend({ secret: z.string() })) },
    },
  }),
  delete: createRoute({
    method: 'delete',
    path: '/{id}',
    middleware: needs('owner'),
    tags,
    security,
    summary: 'Delete a webhook and its pending deliveries',
    request: { params },
    responses: { 204: { description: 'Deleted' } },
  }),
  deliveries: createRoute({
    method: 'get',
    path: '/{id}/deliveries',
    middleware: needs('operator'),
    tags,
    security,
    summary: 'The last hundred deliveries, newest first',
    request: { params },
    responses: {
      200: { description: 'Deliveries', ...json(z.object({ deliveries: z.array(deliveryDocument) })) },
    },
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

function webhookToJson(row: ListedWebhook): z.infer<typeof webhookDocument> {
  const { id, url, events, backlog_threshold, created_at } = row;
  return { id, url, events, backlog_threshold, created_at: created_at.toISOString() };
}
