import { ownOrders, sessionList } from '@shopfast/kit/contracts/accounts';
import { orderAnswer } from '@shopfast/kit/contracts/api';
import { type Answer, codeOf, documentOf } from '../answer.ts';
import { family, NOT_CACHED, type Row, refuse } from '../case.ts';
import type { Request } from '../http-client.ts';
import type { Need } from '../needs.ts';
import { orderBody, orderRequest, reserve } from '../reservations.ts';
import { quickShop } from '../rooms.ts';
import {
  type Account,
  cookiesOf,
  fromPage,
  goodAccount,
  mailedSecret,
  mailedSecrets,
  newEmail,
  openAccount,
  otherAccount,
  PASSWORD,
  signIn,
  unverifiedEmail,
} from '../shoppers.ts';
import { NotPrepared, type World } from '../world.ts';

/** Links to a new password that one address gets in 15 minutes, for all clients together (docs/accounts.md). */
const MOST_RESET_MAILS = 8;

/** The status of what `countMails` gives back: no server answers so. */
const MAILS = 299;

/** How many mails with a link to a page somebody has, as an answer whose text is the number. */
async function countMails(world: World, email: string, page: 'verify' | 'reset'): Promise<Answer> {
  const secrets = await mailedSecrets(world, email, page);
  return { status: MAILS, headers: {}, text: String(secrets.length), ms: 0, sent: `the mails to ${email}` };
}

const askForReset = (world: World, email: string, from: string) =>
  world.send(fromPage(world, '/v1/auth/request-password-reset', { email }, { 'x-forwarded-for': from }));

/** The parts of an answer that can differ. */
const shownTo = ({ status, headers, text }: Answer) =>
  `${status} ${text} (${Object.keys(headers).sort().join(', ')})`;

const OWN_ONLY = 'OWASP API1:2023';
const AUTH = 'OWASP API2:2023';

/** Calls that need a session, and their changes. */
const CALLS: readonly { id: string; method: string; path: string; json?: unknown }[] = [
  { id: 'me', method: 'GET', path: '/v1/me' },
  { id: 'orders', method: 'GET', path: '/v1/me/orders' },
  { id: 'sessions', method: 'GET', path: '/v1/me/sessions' },
  { id: 'rename', method: 'PATCH', path: '/v1/me', json: { name: 'Mallory' } },
  { id: 'erase', method: 'DELETE', path: '/v1/me', json: { password: PASSWORD } },
  { id: 'end-sessions', method: 'DELETE', path: '/v1/me/sessions' },
  {
    id: 'change-password',
    method: 'POST',
    path: '/v1/auth/change-password',
    json: { current_password: PASSWORD, new_password: 'another long password' },
  },
  { id: 'sign-out-everywhere', method: 'POST', path: '/v1/auth/sign-out-everywhere' },
];
const CHANGES = CALLS.filter(({ method }) => method !== 'GET');
const NO_SESSION = refuse(401, 'session_missing');

const withCookie = (
  world: World,
  { method, path, json }: (typeof CALLS)[number],
  headers: Record<string, string>,
) =>
  world.send({
    method,
    path,
    headers: { origin: world.target.shop, ...headers },
    ...(json ? { json } : {}),
  });

const nobody: Row[] = CALLS.map((call) => ({
  id: `${call.id}-nobody`,
  title: `${call.method} ${call.path} by nobody`,
  source: AUTH,
  reduced: call.id === 'me',
  attack: (world) => withCookie(world, call, {}),
  refusal: NO_SESSION,
}));

const SITES: readonly { id: string; title: string; headers: Record<string, string> }[] = [
  { id: 'other-origin', title: 'another site', headers: { origin: 'https://evil.example' } },
  { id: 'no-origin', title: 'a client that names no origin', headers: { origin: '' } },
  { id: 'null-origin', title: 'a sandboxed frame', headers: { origin: 'null' } },
  { id: 'look-alike', title: 'a look-alike of the shop’s address', headers: { origin: 'LOOKALIKE' } },
  {
    id: 'cross-site',
    title: 'a page of another site that forges Origin',
    headers: { 'sec-fetch-site': 'cross-site' },
  },
];

/** A page of another site in a signed-in shopper's browser. */
const crossSite: Row[] = SITES.flatMap((site) =>
  CHANGES.filter(({ id }) => site.id === 'other-origin' || id === 'rename' || id === 'erase').map((call) => ({
    id: `${call.id}-from-${site.id}`,
    title: `${site.title} sends ${call.method} ${call.path} with the shopper’s session`,
    source: 'OWASP CSRF',
    needs: ['inbox'] satisfies Need[],
    reduced: site.id === 'other-origin' && call.id === 'rename',
    attack: async (world: World) => {
      const { cookie } = await goodAccount(world);
      const { shop } = world.target;
      const headers = Object.fromEntries(
        Object.entries(site.headers)
          .map(([name, value]) => [name, value === 'LOOKALIKE' ? `${shop}.evil.example` : value])
          .filter(([name, value]) => !(name === 'origin' && value === '')),
      );
      const ours = site.id === 'cross-site' ? { origin: shop } : {};
      const { method, path, json } = call;
      return world.send({
        method,
        path,
        headers: { cookie, ...ours, ...headers },
        ...(json ? { json } : {}),
      });
    },
    refusal: refuse(403, 'origin_forbidden'),
  })),
);

/** A cookie that is not a session (any more). */
type BadSession = {
  id: string;
  title: string;
  source: string;
  needs?: readonly Need[];
  cookie: (account: Account, world: World) => string | Promise<string>;
};
const NAME = '__Host-account.session_token';
const only = (cookie: string) => cookie.split('; ').find((one) => one.startsWith(`${NAME}=`)) ?? '';
const SESSIONS: readonly BadSession[] = [
  {
    id: 'made-up',
    title: 'a made-up session',
    source: AUTH,
    cookie: () => `${NAME}=${'A'.repeat(32)}.${'B'.repeat(43)}%3D`,
  },
  {
    id: 'unsigned',
    title: 'a session without its signature',
    source: AUTH,
    cookie: ({ cookie }) => only(cookie).split('.').slice(0, 2).join('.'),
  },
  {
    id: 'changed',
    title: 'a session with another first character',
    source: AUTH,
    cookie: ({ cookie }) =>
      only(cookie).replace(/=(.)/, (_, first: string) => `=${first === 'A' ? 'B' : 'A'}`),
  },
  {
    id: 'mac-of-other',
    title: 'a session under the signature of another',
    source: AUTH,
    cookie: async ({ cookie }, world) => {
      const other = only((await otherAccount(world)).cookie);
      const [head] = only(cookie).split(/\.(?=[^.]+$)/);
      const [, mac] = other.split(/\.(?=[^.]+$)/);
      return `${head}.${mac}`;
    },
  },
  {
    id: 'copy-only',
    title: 'the signed copy without the session',
    source: 'S18',
    cookie: ({ cookie }) =>
      cookie
        .split('; ')
        .filter((one) => !one.startsWith(`${NAME}=`))
        .join('; '),
  },
  {
    id: 'copy-of-other',
    title: 'the signed copy of another account',
    source: 'S18',
    cookie: async (_, world) =>
      `${NAME}=${'A'.repeat(32)}.${'B'.repeat(43)}%3D; ${(await otherAccount(world)).cookie
        .split('; ')
        .filter((one) => !one.startsWith(`${NAME}=`))
        .join('; ')}`,
  },
  {
    id: 'other-name',
    title: 'a session under the name without __Host-',
    source: 'RFC 6265bis 4.1.3',
    cookie: ({ cookie }) => only(cookie).replace('__Host-', ''),
  },
  {
    id: 'as-bearer',
    title: 'a session’s value as a ticket',
    source: 'RFC 8725 3.11',
    cookie: ({ cookie }) => `__Host-ticket_launch=${only(cookie).slice(NAME.length + 1)}`,
  },
];
const badSessions: Row[] = SESSIONS.map(({ cookie, ...row }) => ({
  ...row,
  id: `session-${row.id}`,
  title: `the own profile with ${row.title}`,
  needs: ['inbox'],
  attack: async (world) =>
    world.send({ path: '/v1/me', headers: { cookie: await cookie(await goodAccount(world), world) } }),
  refusal: NO_SESSION,
}));

/** Ways to end a session. Tested with a copy of its cookies, as a thief would have. */
type Ending = {
  id: string;
  title: string;
  source: string;
  end: (account: Account, world: World) => Promise<unknown>;
};
/** A change whose answer says to come again may have been made all the same; the session that made it is then over. */
async function changeOnce(world: World, request: Request): Promise<void> {
  const first = await world.send(request);
  if (first.status < 400) return;
  if (first.status !== 503) throw new NotPrepared(`${request.path}: ${first.status} ${first.text}`);
  await world.prepare(request).catch((error: Error) => {
    if (!error.message.includes('session_missing')) throw error;
  });
}

const ENDINGS: readonly Ending[] = [
  {
    id: 'signed-out',
    title: 'after signing out',
    source: 'S18',
    end: ({ cookie }, world) => world.prepare(fromPage(world, '/v1/auth/sign-out', undefined, { cookie })),
  },
  {
    id: 'everywhere',
    title: 'after signing out everywhere',
    source: AUTH,
    end: async ({ email }, world) => {
      const other = await world.prepare(fromPage(world, '/v1/auth/sign-in', { email, password: PASSWORD }));
      return world.prepare(
        fromPage(world, '/v1/auth/sign-out-everywhere', undefined, { cookie: cookiesOf(other) }),
      );
    },
  },
  {
    id: 'password-changed',
    title: 'after the password was changed elsewhere',
    source: AUTH,
    end: async ({ email }, world) => {
      const other = await world.prepare(fromPage(world, '/v1/auth/sign-in', { email, password: PASSWORD }));
      return changeOnce(
        world,
        fromPage(
          world,
          '/v1/auth/change-password',
          { current_password: PASSWORD, new_password: 'another long password' },
          { cookie: cookiesOf(other) },
        ),
      );
    },
  },
  {
    id: 'password-reset',
    title: 'after the password was reset by mail',
    source: AUTH,
    end: async ({ email }, world) => {
      await world.prepare(fromPage(world, '/v1/auth/request-password-reset', { email }));
      const token = await mailedSecret(world, email, 'reset');
      return world.prepare(
        fromPage(world, '/v1/auth/reset-password', { token, password: 'another long password' }),
      );
    },
  },
  {
    id: 'erased',
    title: 'after the account was erased',
    source: AUTH,
    end: ({ cookie }, world) =>
      world.prepare({
        method: 'DELETE',
        path: '/v1/me',
        headers: { cookie, origin: world.target.shop },
        json: { password: PASSWORD },
      }),
  },
];
const ended: Row[] = ENDINGS.flatMap(({ id, title, source, end }) =>
  (['/v1/me', '/v1/me/orders'] as const).map((path) => ({
    id: `ended-${id}-${path === '/v1/me' ? 'me' : 'orders'}`,
    title: `${path} ${title}, with the cookies of before`,
    source,
    needs: ['inbox'] satisfies Need[],
    attack: async (world: World) => {
      const account = await openAccount(world);
      await end(account, world);
      return world.send({ path, headers: { cookie: account.cookie } });
    },
    refusal: NO_SESSION,
  })),
);

/** Bodies of account calls that must be refused. */
const BODIES: readonly { id: string; title: string; source: string; path: string; json: unknown }[] = [
  {
    id: 'short-password',
    title: 'a password of nine characters',
    source: 'docs/accounts.md',
    path: 'sign-up',
    json: { name: 'A', email: 'a@example.com', password: '123456789' },
  },
  {
    id: 'long-password',
    title: 'a password of 129 characters',
    source: 'OWASP API4:2023',
    path: 'sign-up',
    json: { name: 'A', email: 'a@example.com', password: 'x'.repeat(129) },
  },
  {
    id: 'sign-in-long-password',
    title: 'signing in with 5,000 characters',
    source: 'OWASP API4:2023',
    path: 'sign-in',
    json: { email: 'a@example.com', password: 'x'.repeat(5_000) },
  },
  {
    id: 'verified',
    title: 'an account that claims to be verified',
    source: 'OWASP API3:2023',
    path: 'sign-up',
    json: { name: 'A', email: 'a@example.com', password: PASSWORD, email_verified: true },
  },
  {
    id: 'role',
    title: 'an account that claims to be an operator’s',
    source: 'OWASP API3:2023',
    path: 'sign-up',
    json: { name: 'A', email: 'a@example.com', password: PASSWORD, role: 'owner' },
  },
  {
    id: 'callback',
    title: 'a page of another site to go to after signing in',
    source: 'OWASP unvalidated redirects',
    path: 'sign-in',
    json: { email: 'a@example.com', password: PASSWORD, callbackURL: 'https://evil.example' },
  },
  {
    id: 'reset-callback',
    title: 'a page of another site in the mail of a reset',
    source: 'OWASP unvalidated redirects',
    path: 'request-password-reset',
    json: { email: 'a@example.com', redirectTo: 'https://evil.example' },
  },
  {
    id: 'email-header',
    title: 'a mail header in the address',
    source: 'OWASP injection',
    path: 'request-password-reset',
    json: { email: 'a@example.com\r\nBcc: b@example.com' },
  },
  {
    id: 'email-list',
    title: 'a list of addresses',
    source: 'OWASP API3:2023',
    path: 'request-password-reset',
    json: { email: ['a@example.com', 'b@example.com'] },
  },
  {
    id: 'email-object',
    title: 'an object instead of the address',
    source: 'OWASP injection',
    path: 'sign-in',
    json: { email: { $gt: '' }, password: { $gt: '' } },
  },
  {
    id: 'password-null',
    title: 'null instead of the password',
    source: AUTH,
    path: 'sign-in',
    json: { email: 'a@example.com', password: null },
  },
  {
    id: 'password-true',
    title: 'true instead of the password',
    source: AUTH,
    path: 'sign-in',
    json: { email: 'a@example.com', password: true },
  },
  {
    id: 'name-nul',
    title: 'NUL in the name',
    source: 'S7',
    path: 'sign-up',
    json: { name: 'a\u0000b', email: 'a@example.com', password: PASSWORD },
  },
  {
    id: 'name-surrogate',
    title: 'a lone surrogate in the name',
    source: 'S7',
    path: 'sign-up',
    json: { name: 'a\ud83d', email: 'a@example.com', password: PASSWORD },
  },
  {
    id: 'token-form',
    title: 'a mailed token without its form',
    source: AUTH,
    path: 'reset-password',
    json: { token: 'nonsense', password: PASSWORD },
  },
];
const badBodies: Row[] = BODIES.map(({ path, json, ...row }) => ({
  ...row,
  id: `body-${row.id}`,
  title: `${path}: ${row.title}`,
  attack: (world) => world.send(fromPage(world, `/v1/auth/${path}`, json)),
  refusal: refuse(422, 'invalid_request'),
}));

const same = (what: string) => (answers: readonly Answer[]) => {
  const [known, unknown] = answers;
  const differs = known?.status !== unknown?.status || codeOf(known) !== codeOf(unknown);
  return differs
    ? `${what}: ${known?.status} ${codeOf(known)} and ${unknown?.status} ${codeOf(unknown)}`
    : undefined;
};

const OTHERS: readonly Row[] = [
  {
    id: 'sign-in-wrong',
    title: 'a wrong password',
    source: AUTH,
    needs: ['inbox'],
    attack: async (world) => signIn(world, (await goodAccount(world)).email, 'not the password'),
    refusal: refuse(401, 'credentials_invalid'),
  },
  {
    id: 'sign-in-sql',
    title: 'a password that is SQL',
    source: 'OWASP injection',
    needs: ['inbox'],
    attack: async (world) => signIn(world, (await goodAccount(world)).email, "' or '1'='1"),
    refusal: refuse(401, 'credentials_invalid'),
  },
  {
    id: 'sign-in-case',
    title: 'the password in capitals',
    source: AUTH,
    needs: ['inbox'],
    attack: async (world) => signIn(world, (await goodAccount(world)).email, PASSWORD.toUpperCase()),
    refusal: refuse(401, 'credentials_invalid'),
  },
  {
    id: 'sign-in-space',
    title: 'the password with a space more',
    source: AUTH,
    needs: ['inbox'],
    attack: async (world) => signIn(world, (await goodAccount(world)).email, `${PASSWORD} `),
    refusal: refuse(401, 'credentials_invalid'),
  },
  {
    id: 'sign-in-unverified',
    title: 'signing in before the address is verified',
    source: 'docs/accounts.md',
    attack: async (world) => signIn(world, await unverifiedEmail(world)),
    refusal: refuse(403, 'email_unverified'),
  },
  {
    id: 'sign-in-unverified-wrong',
    title: 'a wrong password reveals that an address is not verified',
    source: 'OWASP authentication',
    attack: async (world) => signIn(world, await unverifiedEmail(world), 'not the password'),
    refusal: refuse(401, 'credentials_invalid'),
  },
  {
    id: 'enumerate-sign-in',
    title: 'signing in reveals whether an address has an account',
    source: 'OWASP authentication',
    needs: ['inbox'],
    attack: async (world) => [
      await signIn(world, (await goodAccount(world)).email, 'not the password'),
      await signIn(world, newEmail(world), 'not the password'),
    ],
    refusal: { status: [401], says: 'the same answer', together: same('known and unknown') },
  },
  {
    id: 'enumerate-sign-up',
    title: 'creating an account reveals whether an address has one',
    source: 'OWASP authentication',
    needs: ['inbox'],
    attack: async (world) =>
      Promise.all(
        [(await goodAccount(world)).email, newEmail(world)].map((email) =>
          world.send(fromPage(world, '/v1/auth/sign-up', { name: 'A', email, password: PASSWORD })),
        ),
      ),
    refusal: { status: [202], says: 'the same answer', together: same('known and unknown') },
  },
  {
    id: 'enumerate-reset',
    title: 'a reset reveals whether an address has an account',
    source: 'OWASP authentication',
    needs: ['inbox'],
    attack: async (world) =>
      Promise.all(
        [(await goodAccount(world)).email, newEmail(world)].map((email) =>
          world.send(fromPage(world, '/v1/auth/request-password-reset', { email })),
        ),
      ),
    refusal: { status: [202], says: 'the same answer', together: same('known and unknown') },
  },
  {
    id: 'sign-up-takes-over',
    title: 'creating an account again changes the password of the one there is',
    source: AUTH,
    needs: ['inbox'],
    attack: async (world) => {
      const { email } = await goodAccount(world);
      await world.send(
        fromPage(world, '/v1/auth/sign-up', { name: 'Mallory', email, password: 'the password of mallory' }),
      );
      return signIn(world, email, 'the password of mallory');
    },
    refusal: refuse(401, 'credentials_invalid'),
  },
  {
    id: 'sign-up-unverified-takes-over',
    title: 'a stranger creates the account of an address first, its owner verifies with another password',
    source: 'S33',
    needs: ['inbox'],
    attack: async (world) => {
      const email = newEmail(world);
      await world.prepare(
        fromPage(world, '/v1/auth/sign-up', { name: 'Mallory', email, password: 'the password of mallory' }),
      );
      const token = await mailedSecret(world, email, 'verify');
      return world.send(fromPage(world, '/v1/auth/verify-email', { token, password: PASSWORD }));
    },
    refusal: refuse(401, 'credentials_invalid'),
  },
  {
    id: 'verify-made-up',
    title: 'a made-up link of a mail',
    source: AUTH,
    attack: (world) =>
      world.send(fromPage(world, '/v1/auth/verify-email', { token: 'acc_made-up', password: PASSWORD })),
    refusal: refuse(400, 'link_invalid'),
  },
  {
    id: 'verify-none-alg',
    title: 'a link whose token is an unsigned JWT',
    source: 'RFC 8725 3.2',
    attack: (world) => {
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const token = `acc_${part({ alg: 'none' })}.${part({ email: 'victim@example.com', exp: 9_999_999_999 })}.`;
      return world.send(fromPage(world, '/v1/auth/verify-email', { token, password: PASSWORD }));
    },
    refusal: refuse(400, 'link_invalid'),
  },
  {
    id: 'verify-nul',
    title: 'NUL in the token of a link',
    source: 'S7',
    attack: (world) =>
      world.send(fromPage(world, '/v1/auth/reset-password', { token: 'acc_a\u0000b', password: PASSWORD })),
    refusal: refuse([400, 422], ['link_invalid', 'invalid_request']),
  },
  {
    id: 'reset-made-up',
    title: 'a made-up link of a reset',
    source: AUTH,
    attack: (world) =>
      world.send(
        fromPage(world, '/v1/auth/reset-password', { token: `acc_${'A'.repeat(24)}`, password: PASSWORD }),
      ),
    refusal: refuse(400, 'link_invalid'),
  },
  {
    id: 'reset-twice',
    title: 'the link of a reset a second time',
    source: AUTH,
    needs: ['inbox'],
    attack: async (world) => {
      const { email } = await openAccount(world);
      await world.prepare(fromPage(world, '/v1/auth/request-password-reset', { email }));
      const token = await mailedSecret(world, email, 'reset');
      const reset = () =>
        fromPage(world, '/v1/auth/reset-password', { token, password: 'another long password' });
      await world.prepare(reset());
      return world.send(reset());
    },
    refusal: refuse(400, 'link_invalid'),
  },
  {
    id: 'reset-with-verify-link',
    title: 'the link of a verification to set a new password',
    source: 'RFC 8725 3.11',
    needs: ['inbox'],
    attack: async (world) => {
      const email = newEmail(world);
      await world.prepare(fromPage(world, '/v1/auth/sign-up', { name: 'A', email, password: PASSWORD }));
      const token = await mailedSecret(world, email, 'verify');
      return world.send(
        fromPage(world, '/v1/auth/reset-password', { token, password: 'another long password' }),
      );
    },
    refusal: refuse(400, 'link_invalid'),
  },
  {
    id: 'change-without-current',
    title: 'a new password with a wrong present one',
    source: AUTH,
    needs: ['inbox'],
    attack: async (world) => {
      const { cookie } = await goodAccount(world);
      return world.send(
        fromPage(
          world,
          '/v1/auth/change-password',
          { current_password: 'not the password', new_password: 'another long password' },
          { cookie },
        ),
      );
    },
    refusal: refuse([400, 401], 'credentials_invalid'),
  },
  {
    id: 'erase-without-password',
    title: 'erasing an account with a wrong password',
    source: AUTH,
    needs: ['inbox'],
    attack: async (world) => {
      const { cookie } = await goodAccount(world);
      return world.send({
        method: 'DELETE',
        path: '/v1/me',
        headers: { cookie, origin: world.target.shop },
        json: { password: 'not the password' },
      });
    },
    refusal: refuse(401, 'credentials_invalid'),
  },
  {
    id: 'change-email',
    title: 'another address by the profile',
    source: 'OWASP API3:2023',
    needs: ['inbox'],
    attack: async (world) => {
      const { cookie } = await goodAccount(world);
      return world.send({
        method: 'PATCH',
        path: '/v1/me',
        headers: { cookie, origin: world.target.shop },
        json: { email: 'victim@example.com' },
      });
    },
    refusal: refuse(422, 'invalid_request'),
  },
  {
    id: 'end-session-of-other',
    title: 'ending the session of another account',
    source: OWN_ONLY,
    needs: ['inbox'],
    attack: async (world) => {
      const other = await otherAccount(world);
      const { sessions } = documentOf(
        sessionList,
        await world.prepare({ path: '/v1/me/sessions', headers: { cookie: other.cookie } }),
      );
      const { cookie } = await goodAccount(world);
      return world.send({
        method: 'DELETE',
        path: `/v1/me/sessions/${sessions[0]?.id}`,
        headers: { cookie, origin: world.target.shop },
      });
    },
    refusal: refuse(404, 'session_unknown'),
  },
  {
    id: 'end-session-nul',
    title: 'ending a session by an id with NUL',
    source: 'S7',
    needs: ['inbox'],
    attack: async (world) => {
      const { cookie } = await goodAccount(world);
      return world.send({
        method: 'DELETE',
        path: '/v1/me/sessions/%00',
        headers: { cookie, origin: world.target.shop },
      });
    },
    refusal: refuse([400, 404, 422]),
  },
  {
    id: 'orders-limit',
    title: 'all orders in one page',
    source: 'OWASP API4:2023',
    needs: ['inbox'],
    attack: async (world) =>
      world.send({
        path: '/v1/me/orders?limit=100000',
        headers: { cookie: (await goodAccount(world)).cookie },
      }),
    refusal: refuse(422, 'invalid_request'),
  },
  {
    id: 'orders-before-nul',
    title: 'NUL in the cursor of orders',
    source: 'S7',
    needs: ['inbox'],
    attack: async (world) =>
      world.send({
        path: '/v1/me/orders?before=%00',
        headers: { cookie: (await goodAccount(world)).cookie },
      }),
    refusal: refuse(422, 'invalid_request'),
  },
  {
    id: 'order-of-other-account',
    title: 'the order of another account with the own session',
    source: OWN_ONLY,
    needs: ['inbox', 'admin-key'],
    attack: async (world) => {
      const other = await otherAccount(world);
      const { room, product } = await quickShop(world);
      const bought = await world.prepare(
        orderRequest(await reserve(world, room), {
          product,
          headers: { cookie: other.cookie, origin: world.target.shop },
        }),
      );
      const { id } = documentOf(orderAnswer, bought).order;
      return world.send({ path: `/v1/orders/${id}`, headers: { cookie: (await goodAccount(world)).cookie } });
    },
    refusal: refuse([403, 404], ['order_forbidden', 'order_unknown']),
  },
  {
    id: 'orders-of-strangers',
    title: 'a guest’s order with an account’s address, in that account’s orders unasked',
    source: 'S33',
    needs: ['inbox', 'admin-key'],
    attack: async (world) => {
      const account = await openAccount(world);
      const { room, product } = await quickShop(world);
      await world.prepare(
        orderRequest(await reserve(world, room), {
          product,
          body: orderBody(product, { email: account.email }),
        }),
      );
      return world.send({ path: '/v1/me/orders', headers: { cookie: account.cookie } });
    },
    refusal: refuse(200, undefined, {
      says: 'not among the own orders',
      holds: (answer) =>
        documentOf(ownOrders, answer).orders.length === 0
          ? undefined
          : 'a stranger’s order stands among the own ones',
    }),
  },
  {
    id: 'orders-before-verifying',
    title: 'orders of strangers in a new account of their address, unasked',
    source: 'S33',
    needs: ['inbox', 'admin-key'],
    attack: async (world) => {
      const email = newEmail(world);
      const { room, product } = await quickShop(world);
      await world.prepare(
        orderRequest(await reserve(world, room), { product, body: orderBody(product, { email }) }),
      );
      const account = await openAccount(world, email);
      return world.send({ path: '/v1/me/orders', headers: { cookie: account.cookie } });
    },
    refusal: refuse(200, undefined, {
      says: 'not among the own orders before they are adopted',
      holds: (answer) =>
        documentOf(ownOrders, answer).orders.length === 0
          ? undefined
          : 'an order that a stranger typed was adopted unasked',
    }),
  },
  {
    id: 'cookie-flags',
    title: 'a session that scripts or other sites reach',
    source: 'OWASP session management',
    needs: ['inbox'],
    reduced: true,
    attack: async (world) => signIn(world, (await goodAccount(world)).email),
    refusal: refuse(200, undefined, {
      says: '__Host-, Secure, HttpOnly, SameSite',
      holds: ({ headers }) => {
        const lines = (headers['set-cookie'] ?? '').split('\n').filter((line) => line.includes('account'));
        const flags = ['Secure', 'HttpOnly', 'SameSite=Lax', 'Path=/'];
        return lines.length > 0 &&
          lines.every(
            (line) =>
              line.startsWith('__Host-') &&
              flags.every((flag) => line.toLowerCase().includes(flag.toLowerCase())),
          )
          ? undefined
          : 'a cookie of the session lacks a flag';
      },
    }),
  },
  {
    id: 'session-fixed',
    title: 'a session from before signing in',
    source: 'OWASP session management',
    needs: ['inbox'],
    attack: async (world) => {
      const { email, cookie } = await openAccount(world);
      return signIn(world, email, PASSWORD, { cookie });
    },
    refusal: refuse(200, undefined, {
      says: 'a new session',
      holds: (answer) => (only(cookiesOf(answer)) ? undefined : 'no new session was given'),
    }),
  },
  {
    id: 'profile-cached',
    title: 'a profile that a cache may keep',
    source: 'RFC 9111 5.2.2.5',
    needs: ['inbox'],
    attack: async (world) =>
      world.send({ path: '/v1/me', headers: { cookie: (await goodAccount(world)).cookie } }),
    refusal: NOT_CACHED,
  },
  {
    id: 'many-passwords',
    title: 'a hundred wrong passwords from one address',
    source: 'OWASP API4:2023',
    alone: true,
    attack: async (world) => {
      const email = newEmail(world);
      const from = { 'x-forwarded-for': `192.0.2.${1 + (world.next() % 250)}` };
      const answers: Answer[] = [];
      for (let nth = 0; nth < 100 && answers.at(-1)?.status !== 429; nth += 1)
        answers.push(await signIn(world, email, `wrong password ${nth}`, from));
      return answers;
    },
    refusal: refuse(429, 'rate_limited'),
  },
  {
    id: 'locked-out',
    title: 'two hundred wrong passwords from many addresses lock the owner out',
    source: 'S16',
    needs: ['inbox'],
    alone: true,
    attack: async (world) => {
      const { email } = await openAccount(world);
      for (let at = 0; at < 220; at += 10)
        await Promise.all(
          Array.from({ length: 10 }, (_, one) =>
            signIn(world, email, `wrong password ${at + one}`, {
              'x-forwarded-for': `198.51.100.${1 + Math.floor((at + one) / 5)}`,
            }),
          ),
        );
      return signIn(world, email, PASSWORD, { 'x-forwarded-for': '203.0.113.77' });
    },
    refusal: {
      status: [200],
      says: 'the owner signs in',
      together: ([answer]) =>
        answer?.status === 200 ? undefined : `the owner gets ${answer?.status} ${codeOf(answer)}`,
    },
  },
  {
    id: 'many-mails',
    title: 'fifty mails of a reset to one address, asked for from fifty places',
    source: 'docs/accounts.md',
    attack: async (world) => {
      const { inbox } = world.target;
      const email = inbox ? (await openAccount(world)).email : newEmail(world);
      const answers: Answer[] = [];
      for (let at = 1; at <= 50; at += 5)
        answers.push(
          ...(await Promise.all(
            Array.from({ length: 5 }, (_, one) => askForReset(world, email, `192.0.2.${at + one}`)),
          )),
        );
      if (!inbox) return answers;
      // A mail that was asked for later has come: so have the others.
      await openAccount(world);
      return [...answers, await countMails(world, email, 'reset')];
    },
    refusal: {
      status: [202],
      says: `answers all alike, and at most ${MOST_RESET_MAILS} mails`,
      together: (all) => {
        const answers = all.filter(({ status }) => status !== MAILS);
        const kinds = new Set(answers.map(shownTo));
        if (kinds.size > 1 || answers[0]?.status !== 202) return `the answers: ${[...kinds].join(' / ')}`;
        const counted = all.find(({ status }) => status === MAILS);
        if (!counted) return undefined;
        const mails = Number(counted.text);
        return mails >= 1 && mails <= MOST_RESET_MAILS ? undefined : `${mails} mails came`;
      },
    },
  },
  {
    id: 'body-large',
    title: 'signing in with a body of 200 kB',
    source: 'OWASP API4:2023',
    attack: (world) =>
      world.send(
        fromPage(world, '/v1/auth/sign-in', { email: 'a@example.com', password: 'x'.repeat(200_000) }),
      ),
    refusal: refuse(413, 'body_too_large'),
  },
  {
    id: 'body-form',
    title: 'signing in by a form, as another site could',
    source: 'OWASP CSRF',
    attack: (world) =>
      world.send({
        ...fromPage(world, '/v1/auth/sign-in'),
        body: 'email=a%40example.com&password=x',
        headers: { origin: world.target.shop, 'content-type': 'application/x-www-form-urlencoded' },
      }),
    refusal: refuse([400, 415, 422]),
  },
  {
    id: 'better-auth-own',
    title: 'calls of the library that are not mounted',
    source: 'OWASP API9:2023',
    attack: async (world) =>
      Promise.all(
        [
          '/v1/auth/get-session',
          '/v1/auth/list-sessions',
          '/v1/auth/update-user',
          '/v1/auth/delete-user',
          '/v1/auth/sign-up/email',
          '/v1/auth/callback/google',
          '/v1/auth/error',
        ].map((path) => world.send({ path })),
      ),
    refusal: {
      status: [404, 405],
      says: 'none answers',
      together: (answers) => {
        const found = answers.find(({ status }) => status !== 404 && status !== 405);
        return found ? `${found.sent.split('\n')[0]} answered ${found.status}` : undefined;
      },
    },
  },
];

export const accounts = family(
  'accounts',
  'sessions that are forged, over or another’s; other sites in a shopper’s name; what tells who has an account; floods of guesses',
  [...nobody, ...crossSite, ...badSessions, ...ended, ...badBodies, ...OTHERS],
);
