import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import { answers, body, NO_KEY, OF_A_BODY, problems, SESSION } from '@shopfast/kit/api-document/describe';
import {
  changePasswordRequest,
  mailed,
  profileDocument,
  requestPasswordReset as requestPasswordResetBody,
  resetPasswordRequest,
  signInRequest,
  signUpRequest,
  verifyEmailRequest,
} from '@shopfast/kit/contracts/accounts';
import { type ErrorCode, Problem } from '@shopfast/kit/errors';
import { refuseInvalid } from '@shopfast/kit/http';
import { sameOrigin } from '@shopfast/kit/same-origin';
import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { z } from 'zod';
import type { Checkout, CheckoutHttpEnv } from '../deps.ts';
import { addressKey } from './budgets.ts';
import { signedIn } from './me.ts';
import { changePassword, requestPasswordReset, resetPassword } from './password.ts';
import { signIn, signOut, signOutEverywhere, signUp } from './sign-in.ts';
import { addressOfLink, verifyEmail } from './verify-email.ts';

const MAX_BODY_BYTES = 8 * 1024;

function post<Body extends z.ZodType>(name: string, path: string, summary: string, schema: Body) {
  return {
    operationId: name,
    method: 'post' as const,
    path: `/v1/auth/${path}` as const,
    tags: ['Accounts'],
    security: NO_KEY,
    summary,
    request: { body: body(schema) },
  };
}
/** What a call with a password or a mail may refuse. */
const refusals = (...codes: ErrorCode[]) =>
  problems(...codes, 'origin_forbidden', 'rate_limited', 'overloaded', 'unavailable', ...OF_A_BODY);

const signUpRoute = createRoute({
  ...post('signUp', 'sign-up', 'Create an account', signUpRequest),
  responses: {
    202: answers('A mail is on its way; the answer is the same for a known address', mailed),
    ...refusals(),
  },
});
const signInRoute = createRoute({
  ...post('signIn', 'sign-in', 'Sign in; the session is a cookie', signInRequest),
  responses: {
    200: answers('Signed in', profileDocument),
    ...refusals('credentials_invalid', 'email_unverified'),
  },
});
const verifyRoute = createRoute({
  ...post(
    ...(['verifyEmail', 'verify-email'] as const),
    'Verify the address with the mailed token and the password, and sign in',
    verifyEmailRequest,
  ),
  responses: {
    200: answers('Verified and signed in', profileDocument),
    ...refusals('link_invalid', 'credentials_invalid'),
  },
});
const requestResetRoute = createRoute({
  ...post(
    ...(['requestPasswordReset', 'request-password-reset'] as const),
    'Request a mailed link to set a new password',
    requestPasswordResetBody,
  ),
  responses: { 202: answers('The link is mailed if the account exists', mailed), ...refusals() },
});
const resetRoute = createRoute({
  ...post(
    ...(['resetPassword', 'reset-password'] as const),
    'Set a new password with the mailed token',
    resetPasswordRequest,
  ),
  responses: {
    204: { description: 'The password is set; every session has ended' },
    ...refusals('link_invalid'),
  },
});
const changeRoute = createRoute({
  ...post(
    ...(['changePassword', 'change-password'] as const),
    'Set a new password with the present one',
    changePasswordRequest,
  ),
  security: SESSION,
  responses: {
    204: { description: 'The password is set; all other sessions have ended' },
    ...refusals('session_missing', 'credentials_invalid'),
  },
});
const signOutRoute = createRoute({
  operationId: 'signOut',
  method: 'post',
  path: '/v1/auth/sign-out',
  tags: ['Accounts'],
  security: [...SESSION, {}],
  summary: 'End this session',
  responses: {
    204: { description: 'Signed out (also without a session)' },
    ...problems('origin_forbidden', 'overloaded', 'unavailable'),
  },
});
const everywhereRoute = createRoute({
  operationId: 'signOutEverywhere',
  method: 'post',
  path: '/v1/auth/sign-out-everywhere',
  tags: ['Accounts'],
  security: SESSION,
  summary: 'End every session of the account',
  responses: {
    204: { description: 'Signed out' },
    ...problems('session_missing', 'origin_forbidden', 'overloaded', 'unavailable'),
  },
});

export function authRoutes(checkout: Checkout) {
  const { accounts, config } = checkout;
  const { budgets } = accounts;
  const app = new OpenAPIHono<CheckoutHttpEnv>({ defaultHook: refuseInvalid });
  app.use('/v1/auth/*', privately, sameOrigin(accounts.origin), smallBody);

  app.openapi(signUpRoute, async (c) => {
    const body = c.req.valid('json');
    const mayMail = await budgets.mail(c, addressKey(c, config.trustedProxies), body.email, 'other');
    await signUp(checkout, c, body, mayMail);
    return c.json({ status: 'mailed' as const }, 202);
  });
  app.openapi(signInRoute, async (c) => {
    const body = c.req.valid('json');
    const from = addressKey(c, config.trustedProxies);
    await budgets.password(c, from, body.email);
    return c.json(await signIn(checkout, c, body, () => budgets.mail(c, from, body.email, 'other')), 200);
  });
  app.openapi(verifyRoute, async (c) => {
    const { token, password } = c.req.valid('json');
    const email = await addressOfLink(checkout, token);
    await budgets.password(c, addressKey(c, config.trustedProxies), email);
    return c.json(await verifyEmail(checkout, c, { email, token, password }), 200);
  });
  app.openapi(requestResetRoute, async (c) => {
    const { email } = c.req.valid('json');
    const mayMail = await budgets.mail(c, addressKey(c, config.trustedProxies), email, 'reset');
    await requestPasswordReset(checkout, c, email, mayMail);
    return c.json({ status: 'mailed' as const }, 202);
  });
  app.openapi(resetRoute, async (c) => {
    const body = c.req.valid('json');
    await budgets.password(c, addressKey(c, config.trustedProxies), body.token);
    await resetPassword(checkout, c, body);
    return c.body(null, 204);
  });
  app.openapi(changeRoute, async (c) => {
    const { current_password: current, new_password: password } = c.req.valid('json');
    const user = await signedIn(checkout, c);
    await budgets.password(c, addressKey(c, config.trustedProxies), user.email);
    await changePassword(checkout, c, { current, password });
    return c.body(null, 204);
  });
  app.openapi(signOutRoute, async (c) => {
    await signOut(checkout, c);
    return c.body(null, 204);
  });
  app.openapi(everywhereRoute, async (c) => {
    await signOutEverywhere(checkout, c);
    return c.body(null, 204);
  });
  return app;
}

/** No cache may keep personal data. */
export const privately: MiddlewareHandler = async (c, next) => {
  await next();
  c.header('Cache-Control', 'no-store');
};

export const smallBody = bodyLimit({
  maxSize: MAX_BODY_BYTES,
  onError: () => {
    throw new Problem('body_too_large');
  },
});
