import { WEBHOOK_EVENTS } from './limits.ts';
import { count, integer } from './text.ts';
import { isSecureUrl } from './web-address.ts';
import { z } from './zod.ts';

/** Subscriptions of operators to a room's events: `/v1/admin/webhooks`. */

/** `POST /v1/admin/webhooks` */
export const webhookRequest = z
  .strictObject({
    url: z
      .string()
      .max(2_000)
      .refine(isSecureUrl, 'must be https (http only to localhost), without a user and password')
      .meta({ format: 'uri', description: 'https; http only to localhost' }),
    events: z.array(z.enum(WEBHOOK_EVENTS)).min(1).max(20),
    backlog_threshold: integer(1, 100_000_000).optional(),
  })
  .openapi('NewWebhook');

const webhook = {
  id: z.string(),
  url: z.string(),
  events: z.array(z.enum(WEBHOOK_EVENTS)),
  backlog_threshold: count.nullable(),
  created_at: z.iso.datetime(),
};
export const webhookDocument = z.object(webhook).openapi('Webhook');
export type Webhook = z.infer<typeof webhookDocument>;
export const webhookList = z.object({ webhooks: z.array(webhookDocument) }).openapi('WebhookList');
/** The only answer with the secret. */
export const createdWebhook = z.object({ ...webhook, secret: z.string() }).openapi('CreatedWebhook');

const delivery = z
  .object({
    id: z.string(),
    event: z.enum(WEBHOOK_EVENTS),
    room: z.string(),
    state: z.enum(['pending', 'delivered', 'failed']),
    attempts: count,
    created_at: z.iso.datetime(),
    next_attempt_at: z.iso.datetime().nullable(),
    last_error: z.string().nullable(),
  })
  .openapi('WebhookDelivery');
export const deliveryList = z.object({ deliveries: z.array(delivery) }).openapi('WebhookDeliveryList');
export const webhookParams = z.object({ id: z.uuid() });
