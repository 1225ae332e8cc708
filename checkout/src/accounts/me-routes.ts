import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import { answers, body, OF_A_BODY, problems, SESSION } from '@shopfast/kit/api-document/describe';
import {
  adopted,
  disowned,
  eraseRequest,
  guestOrders as guestOrderList,
  me,
  meChange,
  ownOrders as ownOrdersPage,
  ownOrdersQuery,
  sessionList,
  sessionParams,
  someOrders,
} from '@shopfast/kit/contracts/accounts';
import type { ErrorCode } from '@shopfast/kit/errors';
import { refuseInvalid } from '@shopfast/kit/http';
import { sameOrigin } from '@shopfast/kit/same-origin';
import type { Checkout, CheckoutHttpEnv } from '../deps.ts';
import { orderDocument } from '../orders/order-answer.ts';
import { privately, smallBody } from './auth-routes.ts';
import { addressKey } from './budgets.ts';
import {
  adoptOrders,
  changeMe,
  disownOrders,
  eraseMe,
  guestOrders,
  ownOrders,
  ownSession,
  readMe,
  signedIn,
} from './me.ts';
import { endOtherOwnSessions, endOwnSession, ownSessions } from './sessions.ts';

const mine = { tags: ['Profile'], security: SESSION };
/** What a call of a signed-in user may refuse. */
const refusals = (...codes: ErrorCode[]) =>
  problems('session_missing', 'overloaded', 'unavailable', ...codes);

const read = createRoute({
  ...mine,
  operationId: 'getMe',
  method: 'get',
  path: '/v1/me',
  summary: 'Read profile and addresses',
  responses: { 200: answers('The signed-in user', me), ...refusals() },
});
const update = createRoute({
  ...mine,
  operationId: 'updateMe',
  method: 'patch',
  path: '/v1/me',
  summary: 'Change the name, or all addresses (the preferred one first)',
  request: { body: body(meChange) },
  responses: { 200: answers('The new state', me), ...refusals('origin_forbidden', ...OF_A_BODY) },
});
const erase = createRoute({
  ...mine,
  operationId: 'eraseMe',
  method: 'delete',
  path: '/v1/me',
  summary: 'Erase the account',
  description: 'Its orders stay for accounting, without a link to a person.',
  request: { body: body(eraseRequest) },
  responses: {
    204: { description: 'Erased' },
    ...refusals('credentials_invalid', 'origin_forbidden', 'rate_limited', ...OF_A_BODY),
  },
});
const orders = createRoute({
  ...mine,
  operationId: 'listMyOrders',
  method: 'get',
  path: '/v1/me/orders',
  summary: 'List own orders, newest first',
  request: { query: ownOrdersQuery },
  responses: {
    200: answers('A page; send `next` as `before` to get the next one', ownOrdersPage),
    ...refusals('invalid_request'),
  },
});
const guests = createRoute({
  ...mine,
  operationId: 'listGuestOrders',
  method: 'get',
  path: '/v1/me/guest-orders',
  summary: 'List guest orders with the account’s address, for the user to confirm or reject',
  responses: {
    200: answers('Newest first, 100 at most; without those that were confirmed or rejected', guestOrderList),
    ...refusals(),
  },
});
const adopt = createRoute({
  ...mine,
  operationId: 'adoptGuestOrders',
  method: 'post',
  path: '/v1/me/guest-orders/adopt',
  summary: 'Confirm guest orders: from now on they belong to the account',
  request: { body: body(someOrders) },
  responses: {
    200: answers('How many were added to the account', adopted),
    ...refusals('origin_forbidden', ...OF_A_BODY),
  },
});
const disown = createRoute({
  ...mine,
  operationId: 'disownGuestOrders',
  method: 'post',
  path: '/v1/me/guest-orders/disown',
  summary: 'Reject guest orders: they are not shown again',
  request: { body: body(someOrders) },
  responses: {
    200: answers('How many were rejected', disowned),
    ...refusals('origin_forbidden', ...OF_A_BODY),
  },
});
const sessions = createRoute({
  ...mine,
  operationId: 'listSessions',
  method: 'get',
  path: '/v1/me/sessions',
  summary: 'List where the account is signed in, latest first',
  responses: { 200: answers('Sessions', sessionList), ...refusals() },
});
const endOthers = createRoute({
  ...mine,
  operationId: 'endOtherSessions',
  method: 'delete',
  path: '/v1/me/sessions',
  summary: 'End all sessions but this one',
  responses: { 204: { description: 'Ended' }, ...refusals('origin_forbidden') },
});
const endOne = createRoute({
  ...mine,
  operationId: 'endSession',
  method: 'delete',
  path: '/v1/me/sessions/{id}',
  summary: 'End a session; its browser is signed out',
  request: { params: sessionParams },
  responses: {
    204: { description: 'Ended' },
    ...refusals('origin_forbidden', 'session_unknown', 'invalid_request'),
  },
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
    const own = await ownSession(checkout, c);
    const found = await ownSessions(checkout, own);
    const documents = found.map(({ id, user_agent, created_at, updated_at, expires_at }) => ({
      ...{ id, user_agent, current: id === own.sessionId },
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
    const own = await ownSession(checkout, c);
    await endOwnSession(checkout, c, own, c.req.valid('param').id);
    return c.body(null, 204);
  });
  return app;
}
