import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import {
  answers,
  body,
  LOCATION,
  OF_A_BODY,
  problems,
  RESERVATION,
} from '@shopfast/kit/api-document/describe';
import { isFromTrusted } from '@shopfast/kit/client-address';
import { orderAnswer, orderRequest } from '@shopfast/kit/contracts/api';
import { demandWritable } from '@shopfast/kit/demand-writable';
import { Problem } from '@shopfast/kit/errors';
import {
  type HotPathContext,
  type HotPathHandler,
  hotPathHandler,
  requestHeader,
} from '@shopfast/kit/hot-path';
import { type HttpEnv, invalidRequest } from '@shopfast/kit/http';
import { readBody } from '@shopfast/kit/read-body';
import { z } from 'zod';
import { sessionTokenOf } from '../accounts/session.ts';
import type { Checkout } from '../deps.ts';
import { readReservation } from '../reservation.ts';
import { orderDocument, orderToken } from './order-answer.ts';
import { placeOrder } from './place.ts';

const MAX_BODY_BYTES = 16 * 1024;

const idempotencyKey = z
  .string()
  .regex(/^[\x20-\x7e]{1,128}$/, 'must be 1 to 128 printable ASCII characters')
  .optional();

const place = createRoute({
  operationId: 'placeOrder',
  method: 'post',
  path: '/v1/orders',
  tags: ['Orders'],
  security: RESERVATION,
  summary: 'Buy, with a reservation token',
  description: 'One product with `product_id` and `quantity`, or several of one room with `items`.',
  request: {
    headers: z.object({
      'idempotency-key': idempotencyKey.describe(
        'the same key and body get the same order for 24 hours (IETF draft, expired)',
      ),
      'x-binding': z
        .string()
        .optional()
        .describe('the `binding` of the claim; a browser sends the cookie `__Host-bind_{room}` instead'),
    }),
    body: body(orderRequest),
  },
  responses: {
    202: { ...answers('The units are held and the payment is on its way', orderAnswer), headers: LOCATION },
    ...problems(
      ...OF_A_BODY,
      ...(['token_missing', 'token_invalid', 'token_expired', 'token_revoked'] as const),
      ...(['token_not_bound', 'token_wrong_room', 'product_unknown', 'token_spent'] as const),
      ...(['sold_out', 'not_on_sale', 'purchase_limit', 'overloaded', 'unavailable'] as const),
    ),
  },
});

/** The order call: all admitted shoppers make it at the same time, and repeat it when everything is sold out. */
export function placeCall(checkout: Checkout): HotPathHandler {
  const { log, metrics, config } = checkout;
  const options = {
    log,
    isTrusted: (c: { env: unknown }) => isFromTrusted(c, config.trustedProxies),
    headers: { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' },
    observe: (_: number, refusal?: unknown) => metrics.orders.inc({ outcome: outcomeOf(refusal) }),
    // Sold-out refusals are not logged: a crowd of them would fill the disk.
    logs: (refusal?: unknown) => !(refusal instanceof Problem && refusal.code === 'sold_out'),
  };
  return hotPathHandler(options, async (c) => {
    const reservation = await readReservation(checkout, c);
    const key = checked(idempotencyKey, requestHeader(c, 'idempotency-key'), 'idempotency-key');
    const request = checked(orderRequest, await readJson(c));
    demandWritable(request.email, checkout.config);
    const sessionToken = await sessionTokenOf(checkout.accounts, requestHeader(c, 'cookie'));
    const order = await placeOrder(checkout, {
      ...{ reservation, sessionToken, request, idempotencyKey: key ?? null },
      acceptLanguage: requestHeader(c, 'accept-language'),
    });
    // A repeated request gets the first answer again, even when the order has changed since.
    const accepted = orderDocument({ ...order, state: 'pending_payment', late_payment: null });
    const body = { order: accepted, order_token: orderToken(checkout.config.orderSecret, order.id) };
    const headers = { 'Content-Type': 'application/json', Location: `/v1/orders/${order.id}` };
    return { status: 202, body: JSON.stringify(body), headers };
  });
}

/** The call for the OpenAPI document. */
export function describePlaceCall(app: OpenAPIHono<HttpEnv>): void {
  app.openAPIRegistry.registerPath(place);
}

const JSON_TYPE = /^application\/([a-z.-]+\+)?json *(;|$)/i;

/** Other types are refused: a form on another site can send them with the shopper's cookies. */
async function readJson(c: HotPathContext): Promise<unknown> {
  if (!JSON_TYPE.test(requestHeader(c, 'content-type') ?? ''))
    throw new Problem('malformed_request', { detail: 'The body must be application/json.' });
  const text = await readBody(c, MAX_BODY_BYTES);
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem('malformed_request', { detail: 'The body is not JSON.' });
  }
}

function checked<Schema extends z.ZodType>(schema: Schema, given: unknown, field?: string): z.output<Schema> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  throw invalidRequest(field ? issues.map(({ message }) => ({ path: [field], message })) : issues);
}

function outcomeOf(refusal: unknown): string {
  if (refusal === undefined) return 'placed';
  return refusal instanceof Problem ? refusal.code : 'internal';
}
