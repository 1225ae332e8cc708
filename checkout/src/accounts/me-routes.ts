import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import { orderDocument as orderSchema } from '@shopfast/kit/contracts/api';
import { country, needsPostalCode } from '@shopfast/kit/contracts/postal-address';
import { line as lineOf, pageSize } from '@shopfast/kit/contracts/text';
import { refuseInvalid } from '@shopfast/kit/http';
import { sameOrigin } from '@shopfast/kit/same-origin';
import { z } from 'zod';
import type { Checkout, CheckoutHttpEnv } from '../deps.ts';
import { answers, problem } from '../openapi.ts';
import { orderDocument } from '../orders/order-answer.ts';
import { password, personName, privately, profileSchema, smallBody } from './auth-routes.ts';
import { addressKey } from './budgets.ts';
import {
  adoptOrders,
  changeMe,
  disownOrders,
  eraseMe,
  guestOrders,
  MOST_GUEST_ORDERS,
  ownOrders,
  ownSession,
  readMe,
  signedIn,
} from './me.ts';
import { endOtherOwnSessions, endOwnSession, ownSessions } from './sessions.ts';

const MOST_ADDRESSES = 10;

const line = lineOf({ most: 120 });
const address = z
  .object({
    name: line,
    line1: line,
    line2: line.optional(),
    /** Required except in countries that have no postal codes. */
    postal_code: lineOf({ most: 20 }).optional(),
    city: line,
    region: line.optional(),
    country,
  })
  .strict()
  .refine((given) => given.postal_code !== undefined || !needsPostalCode(given.country), {
    path: ['postal_code'],
    error: 'is required in this country',
  });
const meSchema = profileSchema.extend({ addresses: z.array(address) });
const change = z
  .object({ name: personName, addresses: z.array(address).max(MOST_ADDRESSES) })
  .partial()
  .strict();

const mine = { security: [{ session: [] }] };
const json = <Schema extends z.ZodType>(schema: Schema) => ({
  required: true,
  content: { 'application/json': { schema } },
});
const refused = (...statuses: number[]) =>
  Object.fromEntries([...statuses, 401, 503].map((status) => [status, problem()]));

const read = createRoute({
  ...mine,
  method: 'get',
  path: '/v1/me',
  summary: 'Profile and addresses',
  responses: { 200: answers('The signed-in user', meSchema), ...refused() },
});
const update = createRoute({
  ...mine,
  method: 'patch',
  path: '/v1/me',
  summary: 'Change the name, or all addresses (the preferred one first)',
  request: { body: json(change) },
  responses: { 200: answers('The new state', meSchema), ...refused(403, 413, 422) },
});
const erase = createRoute({
  ...mine,
  method: 'delete',
  path: '/v1/me',
  summary: 'Erase the account; its orders stay for accounting, without a link to a person',
  request: { body: json(z.object({ password }).strict()) },
  responses: { 204: { description: 'Erased' }, ...refused(403, 413, 422, 429) },
});
const orders = createRoute({
  ...mine,
  method: 'get',
  path: '/v1/me/orders',
  summary: 'Own orders, newest first',
  request: {
    query: z.object({
      limit: pageSize({ most: 100, usual: 20 }),
      before: z.uuid().optional(),
    }),
  },
  responses: {
    200: answers(
      'A page; send `next` as `before` to get the next one',
      z.object({ orders: z.array(orderSchema), next: z.uuid().nullable() }),
    ),
    ...refused(422),
  },
});
const guests = createRoute({
  ...mine,
  method: 'get',
  path: '/v1/me/guest-orders',
  summary: 'Guest orders with the account’s address, for the user to confirm or reject',
  responses: {
    200: answers(
      'Newest first, 100 at most; without those that were confirmed or rejected',
      z.object({ orders: z.array(orderSchema) }),
    ),
    ...refused(),
  },
});
const someOrders = z.object({ order_ids: z.array(z.uuid()).min(1).max(MOST_GUEST_ORDERS) }).strict();
const adopt = createRoute({
  ...mine,
  method: 'post',
  path: '/v1/me/guest-orders/adopt',
  summary: 'Confirm guest orders: from now on they belong to the account',
  request: { body: json(someOrders) },
  responses: {
    200: answers('How many were added to the account', z.object({ adopted: z.number().int() })),
    ...refused(403, 413, 422),
  },
});
const disown = createRoute({
  ...mine,
  method: 'post',
  path: '/v1/me/guest-orders/disown',
  summary: 'Reject guest orders: they are not shown again',
  request: { body: json(someOrders) },
  responses: {
    200: answers('How many were rejected', z.object({ disowned: z.number().int() })),
    ...refused(403, 413, 422),
  },
});
const sessionSchema = z.object({
  id: z.uuid(),
  /** True for the session of this request. */
  current: z.boolean(),
  /** The User-Agent header of the sign-in. */
  user_agent: z.string().nullable(),
  signed_in_at: z.iso.datetime(),
  /** Precise to a day. */
  last_used_at: z.iso.datetime(),
  expires_at: z.iso.datetime(),
});
const sessions = createRoute({
  ...mine,
  method: 'get',
  path: '/v1/me/sessions',
  summary: 'Where the account is signed in, latest first',
  responses: { 200: answers('Sessions', z.object({ sessions: z.array(sessionSchema) })), ...refused() },
});
const endOthers = createRoute({
  ...mine,
  method: 'delete',
  path: '/v1/me/sessions',
  summary: 'End all sessions but this one',
  responses: { 204: { description: 'Ended' }, ...refused(403) },
});
const endOne = createRoute({
  ...mine,
  method: 'delete',
  path: '/v1/me/sessions/{id}',
  summary: 'End a session; its browser is signed out',
  request: { params: z.object({ id: z.uuid() }) },
  responses: { 204: { description: 'Ended' }, ...refused(403, 404, 422) },
});

export function meRoutes(checkout: Checkout) {
  const { accounts, config } = checkout;
  const app = new OpenAPIHono<CheckoutHttpEnv>({ defaultHook: refuseInvalid });
  app.use('/v1/me', privately, sameOrigin(accounts.origin), smallBody);
  app.use('/v1/me/*', privately, sameOrigin(accounts.origin), smallBody);

  app.openapi(read, async (c) => c.json(await readMe(checkout, await signedIn(checkout, c)), 200));
  app.openapi(update, async (c) => {
    const user = await signedIn(checkout, c);
    return c.json(await changeMe(checkout, user, c.req.valid('json')), 200);
  });
  app.openapi(erase, async (c) => {
    const user = await signedIn(checkout, c);
    await accounts.budgets.password(c, addressKey(c, config.trustedProxies), user.email);
    await eraseMe(checkout, c, user, c.req.valid('json').password);
    return c.body(null, 204);
  });
  app.openapi(orders, async (c) => {
    const { limit, before } = c.req.valid('query');
    const user = await signedIn(checkout, c);
    const page = await ownOrders(checkout, user, { limit, before: before ?? null });
    return c.json({ orders: page.orders.map(orderDocument), next: page.next }, 200);
  });
  app.openapi(guests, async (c) => {
    const found = await guestOrders(checkout, await signedIn(checkout, c));
    return c.json({ orders: found.map(orderDocument) }, 200);
  });
  app.openapi(adopt, async (c) => {
    const user = await signedIn(checkout, c);
    return c.json({ adopted: await adoptOrders(checkout, user, c.req.valid('json').order_ids) }, 200);
  });
  app.openapi(disown, async (c) => {
    const user = await signedIn(checkout, c);
    return c.json({ disowned: await disownOrders(checkout, user, c.req.valid('json').order_ids) }, 200);
  });
  app.openapi(sessions, async (c) => {
    const me = await ownSession(checkout, c);
    const found = await ownSessions(checkout, me);
    const documents = found.map(({ id, user_agent, created_at, updated_at, expires_at }) => ({
      ...{ id, user_agent, current: id === me.sessionId },
      signed_in_at: created_at.toISOString(),
      last_used_at: updated_at.toISOString(),
      expires_at: expires_at.toISOString(),
    }));
    return c.json({ sessions: documents }, 200);
  });
  app.openapi(endOthers, async (c) => {
    await endOtherOwnSessions(checkout, await ownSession(checkout, c));
    return c.body(null, 204);
  });
  app.openapi(endOne, async (c) => {
    const me = await ownSession(checkout, c);
    await endOwnSession(checkout, c, me, c.req.valid('param').id);
    return c.body(null, 204);
  });
  return app;
}
