import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import { emailAddress } from '@shopfast/kit/contracts/email-address';
import { exactLine, line } from '@shopfast/kit/contracts/text';
import { Problem } from '@shopfast/kit/errors';
import { refuseInvalid } from '@shopfast/kit/http';
import { sameOrigin } from '@shopfast/kit/same-origin';
import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import type { Checkout, CheckoutHttpEnv } from '../deps.ts';
import { answers, problem } from '../openapi.ts';
import { PASSWORD } from './auth.ts';
import { addressKey } from './budgets.ts';
import { signedIn } from './me.ts';
import { changePassword, requestPasswordReset, resetPassword } from './password.ts';
import { signIn, signOut, signOutEverywhere, signUp } from './sign-in.ts';
import { addressOfLink, verifyEmail } from './verify-email.ts';

const MAX_BODY_BYTES = 8 * 1024;

/** better-auth accepts fewer addresses than orders do. */
const email = emailAddress
  .transform((address) => address.toLowerCase())
  .refine(
    (address) => z.email().safeParse(address).success,
    'has characters that accounts do not support; you can order without an account',
  );
/** The password of an existing account: older accounts may have been created under other rules. */
export const password = z
  .string()
  .min(1)
  .max(PASSWORD.max)
  .refine((text) => text.isWellFormed(), 'must be text');
const newPassword = exactLine({ least: PASSWORD.min, most: PASSWORD.max });
/** The secret of a mailed link. Logs redact values with this prefix. */
const linkToken = z
  .string()
  .max(2_048)
  .regex(/^acc_[\w.-]+$/, 'must be the token of a mailed link (acc_…)')
  .transform((token) => token.slice(4));
export const personName = line({ most: 100 });

export const profileSchema = z.object({ id: z.uuid(), email: z.string(), name: z.string() });
const mailed = z.object({ status: z.literal('mailed') });

function post<Body extends z.ZodType>(path: string, summary: string, body: Body) {
  return {
    method: 'post' as const,
    path: `/v1/auth/${path}` as const,
    summary,
    request: { body: { required: true, content: { 'application/json': { schema: body } } } },
  };
}
const refusals = (...statuses: number[]) =>
  Object.fromEntries([...statuses, 403, 413, 422, 429, 503].map((status) => [status, problem()]));

const credentials = z.object({ email, password }).strict();
const signUpRoute = createRoute({
  ...post(
    'sign-up',
    'Create an account',
    z.object({ name: personName, email, password: newPassword }).strict(),
  ),
  responses: {
    202: answers('A mail is on its way; the answer is the same for a known address', mailed),
    ...refusals(),
  },
});
const signInRoute = createRoute({
  ...post('sign-in', 'Sign in; the session is a cookie', credentials),
  responses: { 200: answers('Signed in', profileSchema), ...refusals(401) },
});
const verifyRoute = createRoute({
  ...post(
    'verify-email',
    'Verify the address with the mailed token and the password, and sign in',
    z.object({ token: linkToken, password }).strict(),
  ),
  responses: { 200: answers('Verified and signed in', profileSchema), ...refusals(400, 401) },
});
const requestResetRoute = createRoute({
  ...post(
    'request-password-reset',
    'Request a mailed link to set a new password',
    z.object({ email }).strict(),
  ),
  responses: { 202: answers('The link is mailed if the account exists', mailed), ...refusals() },
});
const resetRoute = createRoute({
  ...post(
    'reset-password',
    'Set a new password with the mailed token',
    z.object({ token: linkToken, password: newPassword }).strict(),
  ),
  responses: { 204: { description: 'The password is set; every session has ended' }, ...refusals(400) },
});
const changeRoute = createRoute({
  ...post(
    'change-password',
    'Set a new password with the present one',
    z.object({ current_password: password, new_password: newPassword }).strict(),
  ),
  security: [{ session: [] }],
  responses: { 204: { description: 'The password is set; all other sessions have ended' }, ...refusals(401) },
});
const signOutRoute = createRoute({
  method: 'post',
  path: '/v1/auth/sign-out',
  summary: 'End this session',
  responses: { 204: { description: 'Signed out' }, 403: problem(), 503: problem() },
});
const everywhereRoute = createRoute({
  method: 'post',
  path: '/v1/auth/sign-out-everywhere',
  summary: 'End every session of the account',
  security: [{ session: [] }],
  responses: { 204: { description: 'Signed out' }, 401: problem(), 403: problem(), 503: problem() },
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
