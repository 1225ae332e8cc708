import { once } from 'node:events';
import { keysOf } from '@shopfast/kit/narrow';
import { SECRET_KINDS } from '@shopfast/kit/secrets';
import { EXAMPLES } from '@shopfast/kit/secrets.fixture';
import { reservationHeaders } from '@shopfast/sandbox/shopper/calls';
import { z } from 'zod';
import { type Answer, documentOf, jsonOf } from '../answer.ts';
import { family, type Refusal, type Row, refuse } from '../case.ts';
import { ECHO, OUR_COOKIES } from '../echo-upstream.ts';
import { readJwt } from '../forge.ts';
import type { Request } from '../http-client.ts';
import { credentialHeaders, gateReservation, goodGateReservation } from '../reservations.ts';
import { open } from '../wire.ts';
import { NotPrepared, until, type World } from '../world.ts';

/** What the upstream says about a request: names and values of its headers, in order. */
const seenUpstream = z.object({ headers: z.array(z.string()) });

/** The request must not reach the upstream. */
const UNREACHED: Refusal = refuse([400, 403, 404, 405], undefined, {
  says: 'the upstream is not reached',
  holds: (answer) =>
    answer.text.includes(ECHO) ? 'the upstream was reached without a reservation' : undefined,
});

/** Other spellings of a protected path (`/gated/*`, and `/mall/shop/*` within the open `/mall/*`). */
const PATHS: readonly [id: string, path: string, title: string, source?: string][] = [
  ['plain', '/gated/page', 'the path as it is'],
  ['bare', '/gated', 'the path without what is beneath'],
  ['double-slash', '//gated/page', 'a doubled slash before'],
  ['inner-slash', '/gated//page', 'a doubled slash within'],
  ['capitals', '/GATED/page', 'capitals'],
  ['encoded-letter', '/%67ated/page', 'a letter percent-encoded'],
  ['encoded-slash', '/gated%2Fpage', 'the slash percent-encoded'],
  ['encoded-backslash', '/gated%5Cpage', 'a percent-encoded backslash'],
  ['backslash', '/open\\..\\gated/page', 'backslashes'],
  ['dots', '/open/../gated/page', 'dot segments'],
  ['dots-encoded', '/open/%2e%2e/gated/page', 'dot segments percent-encoded'],
  ['dots-half-encoded', '/open/.%2E/gated/page', 'dot segments half encoded'],
  ['dots-twice-encoded', '/open/%252e%252e/gated/page', 'dot segments encoded twice', 'S13'],
  ['dots-parameter', '/open/..;/gated/page', 'dot segments with a parameter'],
  ['dots-encoded-slash', '/open/..%2Fgated/page', 'dot segments with an encoded slash'],
  ['dots-encoded-backslash', '/open/..%5Cgated/page', 'dot segments with an encoded backslash'],
  ['single-dot', '/./gated/page', 'a single dot'],
  ['parameter', '/gated;v=1/page', 'a path parameter'],
  ['nul', '/gated%00/page', 'an encoded NUL'],
  ['newline', '/gated%0a/page', 'an encoded newline'],
  ['query-only', '/gated?/open/', 'an open path in the query'],
  ['mall-plain', '/mall/shop/page', 'the protected part of an open shop'],
  ['mall-capitals', '/mall/SHOP/page', 'capitals within an open shop'],
  ['mall-encoded', '/mall/%73hop/page', 'a letter encoded within an open shop'],
  ['mall-twice-encoded', '/mall/%2573hop/page', 'a letter encoded twice', 'S13'],
  ['mall-trailing-dot', '/mall/shop./page', 'a dot after a segment', 'S13'],
  ['mall-trailing-space', '/mall/shop%20/page', 'a space after a segment', 'S13'],
  ['mall-trailing-tab', '/mall/shop%09/page', 'a tab after a segment', 'S13'],
  ['mall-overlong-slash', '/mall/shop%c0%afpage', 'an overlong slash', 'S13'],
  ['mall-overlong-letter', '/mall/%c1%b3hop/page', 'an overlong letter', 'S13'],
  ['mall-fullwidth-slash', '/mall/shop%ef%bc%8fpage', 'a full-width slash', 'S13'],
  ['mall-fullwidth-letter', '/mall/%ef%bd%93hop/page', 'a full-width letter', 'S13'],
  ['mall-long-s', '/mall/%c5%bfhop/page', 'the long s, which is S in capitals', 'S13'],
  ['mall-percent-u', '/mall/%u0073hop/page', 'the %u form of old servers', 'S13'],
  ['mall-half-percent', '/mall/shop%/page', 'a percent sign without its digits', 'S13'],
  ['mall-nul', '/mall/shop%00x/page', 'an encoded NUL within an open shop', 'S13'],
  ['mall-parameter', '/mall/shop;jsessionid=1/page', 'a path parameter within an open shop'],
  ['mall-empty-parameter', '/mall/;/shop/page', 'an empty segment with a parameter'],
  ['mall-dots', '/mall/x/../shop/page', 'dot segments within an open shop'],
  ['mall-dots-encoded', '/mall/x/%2e%2e/shop/page', 'encoded dot segments within an open shop'],
  ['mall-double-slash', '/mall//shop/page', 'a doubled slash within an open shop'],
  ['mall-encoded-slash', '/mall%2fshop/page', 'an encoded slash within an open shop'],
];

const spelled = ([id, path, title, source = 'OWASP API5:2023']: (typeof PATHS)[number]): Row => ({
  id: `path-${id}`,
  title: `a protected path without a reservation: ${title}`,
  source,
  needs: ['upstream'],
  reduced: id === 'plain' || id === 'dots-encoded',
  attack: async (world) => {
    await goodGateReservation(world);
    return world.send({ path, headers: { accept: 'application/json' } });
  },
  refusal: UNREACHED,
});

/** Headers about the client or the request that a client must not set itself (S4). */
const STATED: readonly [name: string, source?: string][] = [
  ['X-Forwarded-For', 'docs/protect.md'],
  ['X-Forwarded-Host', 'docs/protect.md'],
  ['X-Forwarded-Proto', 'docs/protect.md'],
  ['X-Forwarded-Port'],
  ['X-Forwarded-Prefix'],
  ['X-Forwarded-Server'],
  ['X-Forwarded-Scheme'],
  ['X-Forwarded'],
  ['Forwarded', 'RFC 7239 8.1'],
  ['Forwarded-For'],
  ['X-Real-IP'],
  ['True-Client-IP'],
  ['CF-Connecting-IP'],
  ['CF-Connecting-IPv6'],
  ['X-Client-IP'],
  ['X-Cluster-Client-IP'],
  ['Client-IP'],
  ['Fastly-Client-IP'],
  ['X-Original-Forwarded-For'],
  ['X-Originating-IP'],
  ['X-Remote-IP'],
  ['X-Remote-Addr'],
  ['X-Azure-ClientIP'],
  ['X-Appengine-User-IP'],
  ['Fly-Client-IP'],
  ['X-Original-URL'],
  ['X-Original-URI'],
  ['X-Rewrite-URL'],
  ['X-Original-Host'],
  ['X-Host'],
  ['X-HTTP-Host-Override'],
  ['X-HTTP-Method-Override'],
  ['X-HTTP-Method'],
  ['X-Method-Override'],
  ['X_Forwarded_For', 'docs/protect.md'],
  ['X_Real_IP'],
  ['True_Client_IP'],
  ['Waitroom-Room', 'docs/protect.md'],
  ['Waitroom-Reservation', 'docs/protect.md'],
  ['Waitroom_Reservation', 'docs/protect.md'],
  ['X-Request-Id', 'S14'],
  ['Proxy-Authorization', 'RFC 9110 11.7.1'],
  ['Proxy-Connection', 'RFC 9112 C.2.2'],
];

const MARK = 'spoofed-by-client';

/** @returns the headers that the upstream saw, as one text */
function seenBy(answer: Answer): string {
  const { [ECHO]: reached, headers } = jsonOf(answer);
  if (reached !== true)
    throw new NotPrepared(`the upstream did not answer: ${answer.status} ${answer.text.slice(0, 200)}`);
  return JSON.stringify(headers);
}

const hidden = (secret: string): Refusal =>
  refuse(200, undefined, {
    says: 'the upstream does not see it',
    holds: (answer) => (seenBy(answer).includes(secret) ? 'the upstream received it' : undefined),
  });

const stated = ([name, source = 'S4']: (typeof STATED)[number]): Row => ({
  id: `states-${name.toLowerCase()}`,
  title: `a client that is no proxy sends ${name}`,
  source,
  needs: ['upstream', 'addresses'],
  reduced: name === 'X-Forwarded-For',
  attack: (world) => world.send({ path: '/open/page', headers: { [name]: MARK }, from: world.address() }),
  refusal: hidden(MARK),
});

const SECRET = 'VerySecretVerySecretVerySecretVerySecret';

/** One secret of each kind. The gateway knows them by their format, so an invented one would prove nothing. */
const KINDS = keysOf(EXAMPLES).map((kind) => ({
  id: kind === 'reservation' ? 'token' : kind,
  what: kind === 'reservation' ? 'reservation token' : SECRET_KINDS[kind].what,
  secret: EXAMPLES[kind],
}));

type HeaderSecret = {
  id: string;
  title: string;
  headers: Record<string, string | string[]>;
  /** The part that the upstream may not see. Default: SECRET. */
  secret?: string;
};

const basic = (id: string, title: string, pair: string): HeaderSecret => {
  const secret = Buffer.from(pair).toString('base64');
  return { id, title, headers: { authorization: `Basic ${secret}` }, secret };
};

/** Our credentials, which a foreign shop must not receive (S3). Our cookies are known by their names alone. */
const SECRETS: readonly HeaderSecret[] = [
  { id: 'cookie-ticket', title: 'a ticket’s cookie', headers: { cookie: `__Host-ticket_launch=${SECRET}` } },
  { id: 'cookie-binding', title: 'a binding’s cookie', headers: { cookie: `__Host-bind_launch=${SECRET}` } },
  {
    id: 'cookie-reservation',
    title: 'a reservation’s cookie',
    headers: { cookie: `__Host-res_launch=${SECRET}` },
  },
  {
    id: 'cookie-session',
    title: 'an account’s session',
    headers: { cookie: `__Host-account.session_token=${SECRET}` },
  },
  {
    id: 'cookie-session-data',
    title: 'the copy of an account’s session',
    headers: { cookie: `__Host-account.session_data=${SECRET}` },
  },
  {
    id: 'cookie-among-others',
    title: 'a session among cookies of the shop',
    headers: { cookie: `cart=1; __Host-account.session_token=${SECRET}; theme=dark` },
  },
  {
    id: 'cookie-second-line',
    title: 'a session in a second Cookie header',
    headers: { cookie: ['cart=1', `__Host-account.session_token=${SECRET}`] },
  },
  {
    id: 'cookie-spaced',
    title: 'a session’s cookie with spaces around its name',
    headers: { cookie: `cart=1;   __Host-account.session_token =${SECRET}` },
  },
  { id: 'binding', title: 'the header X-Binding', headers: { 'x-binding': SECRET } },
  { id: 'binding-underscore', title: 'the header X_Binding', headers: { x_binding: SECRET } },
  { id: 'rehearsal', title: 'the header X-Rehearsal', headers: { 'x-rehearsal': SECRET } },
  ...KINDS.flatMap(({ id, what, secret }) => [
    {
      id: `cookie-${id}`,
      title: `a secret in a cookie of the shop (${what})`,
      headers: { cookie: `cart=1; state=${secret}` },
      secret,
    },
    {
      id: `bearer-${id}`,
      title: `a secret as a Bearer credential (${what})`,
      headers: { authorization: `Bearer ${secret}` },
      secret,
    },
  ]),
  {
    id: 'cookie-encoded',
    title: 'an order token, percent-encoded in a cookie',
    headers: { cookie: `state=${EXAMPLES.ord.replace('_', '%5F')}` },
    secret: EXAMPLES.ord.slice(4),
  },
  {
    id: 'bearer-case',
    title: 'an admin key under the scheme BEARER',
    headers: { authorization: `BEARER  ${EXAMPLES.adm}` },
    secret: EXAMPLES.adm,
  },
  {
    id: 'token-scheme',
    title: 'an admin key under the scheme Token',
    headers: { authorization: `Token ${EXAMPLES.adm}` },
    secret: EXAMPLES.adm,
  },
  {
    id: 'no-scheme',
    title: 'an admin key without a scheme',
    headers: { authorization: EXAMPLES.adm },
    secret: EXAMPLES.adm,
  },
  basic('basic-admin', 'an admin key as a Basic password', `admin:${EXAMPLES.adm}`),
  basic('basic-user', 'an admin key as a Basic user', `${EXAMPLES.adm}:`),
  {
    id: 'referer',
    title: 'a ticket in the address of the page before',
    headers: { referer: `https://shop.example/w/launch?ticket=${EXAMPLES.tkt}` },
    secret: EXAMPLES.tkt,
  },
  {
    id: 'header-of-shop',
    title: 'an order token in a header of the shop',
    headers: { 'x-shop-state': EXAMPLES.ord },
    secret: EXAMPLES.ord,
  },
];

/** Texts that look like our secrets but are none: the shop must receive them unchanged. */
const LOOK_ALIKES: readonly [id: string, text: string, title: string][] = [
  ['order-number', 'ord_01HV8Z3W5Y7Q9R2T4K6M8N0P1S', 'an order number of its own'],
  ['sort', 'pri_asc', 'a sort order'],
  ['invoice', 'inv_2026-0017', 'an invoice number'],
  ['support', 'tkt_4711', 'the number of a support ticket'],
  ['account', 'acc_b2b', 'a kind of account'],
  ['role', 'adm_area', 'a name of a part of its own'],
  ['remark', 'rem_1.2', 'the number of a remark'],
  ['word', 'record_of_order.12345678', 'a word with one of our beginnings within'],
  ['uuid', '0b8e7c1e-aaaa-bbbb-cccc-0123456789ab', 'a UUID'],
  ['jwt', foreignJwt(), 'a JWT of its own'],
];

function foreignJwt(): string {
  const part = (document: object) => Buffer.from(JSON.stringify(document)).toString('base64url');
  return `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: 'shopper' })}.${'A'.repeat(43)}`;
}

const passed = (text: string): Refusal =>
  refuse(200, undefined, {
    says: 'the shop receives it',
    holds: ({ text: seen }) => (seen.includes(text) ? undefined : 'the shop did not receive its own'),
  });

const lookAlikes: Row[] = [
  ...LOOK_ALIKES.flatMap(([id, text, title]): Row[] => [
    {
      id: `passes-cookie-${id}`,
      title: `a cookie of the shop that is no secret: ${title}`,
      source: 'kit/src/secrets.ts',
      needs: ['upstream'],
      attack: (world) => world.send({ path: '/open/page', headers: { cookie: `cart=1; own=${text}` } }),
      refusal: passed(`cart=1; own=${text}`),
    },
    {
      id: `passes-query-${id}`,
      title: `a query of the shop that is no secret: ${title}`,
      source: 'kit/src/secrets.ts',
      needs: ['upstream'],
      attack: (world) => world.send({ path: `/open/page?a=1&own=${text}&b=2` }),
      refusal: passed(`/open/page?a=1&own=${text}&b=2`),
    },
  ]),
  ...(
    [
      ['jwt', `Bearer ${foreignJwt()}`, 'a JWT'],
      ['key', 'Bearer shop_4f0c1d2e3b4a59687766554433221100', 'a key'],
      ['basic', `Basic ${Buffer.from('shopper:correct horse').toString('base64')}`, 'a name and a password'],
    ] as const
  ).map(
    ([id, authorization, title]): Row => ({
      id: `passes-authorization-${id}`,
      title: `credentials of the shop's own: ${title}`,
      source: 'kit/src/secrets.ts',
      needs: ['upstream'],
      attack: (world) => world.send({ path: '/open/page', headers: { authorization } }),
      refusal: passed(authorization),
    }),
  ),
];

const kept = ({ id, title, headers, secret = SECRET }: HeaderSecret): Row => ({
  id: `secret-${id}`,
  title: `a foreign shop receives ${title}`,
  source: 'S3',
  needs: ['upstream'],
  reduced: id === 'cookie-reservation',
  attack: (world) => world.send({ path: '/open/page', headers }),
  refusal: hidden(secret),
});

/** Over a raw connection, to see the answer to an upgrade and its end. */
async function upgrade(
  world: World,
  request: Request,
  wait: (closed: () => boolean) => Promise<void>,
): Promise<Answer> {
  const socket = open(world.target.origin, request.from);
  let text = '';
  let closed = false;
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    text += chunk;
  });
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    closed = true;
  });
  const headers = Object.entries(request.headers ?? {}).map(([name, value]) => `${name}: ${value}\r\n`);
  await once(socket, 'connect');
  const sent = `GET ${request.path} HTTP/1.1\r\nHost: ${world.target.origin.host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${headers.join('')}\r\n`;
  socket.write(sent);
  await until('an answer to the upgrade', async () =>
    text.includes('\r\n\r\n') || closed ? true : undefined,
  );
  await wait(() => closed);
  socket.destroy();
  const status = Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0);
  return {
    status,
    headers: { closed: String(closed), ...(/retry-after: (\d+)/i.exec(text) ? { 'retry-after': '1' } : {}) },
    text: text.slice(text.indexOf('\r\n\r\n') + 4),
    ms: 0,
    sent,
  };
}

const untilClosed = (limitMs: number) => async (closed: () => boolean) => {
  const end = performance.now() + limitMs;
  while (!closed() && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 100));
};
const atOnce = async () => undefined;

const revoke = (world: World, { room, token }: { room: string; token: string }) =>
  world.operate('DELETE', `/rooms/${room}/active/${readJwt(token).claims.jti}?revoke=true`);

const badKey = (nth: number) => `Bearer adm_${String(nth).padStart(40, 'x')}`;

/** Secrets that a link carries in its query, as they are and percent-encoded. */
const inQuery: Row[] = KINDS.flatMap(({ id, what, secret }) => [
  queried(`secret-query-${id}`, `a foreign shop receives a secret in the query (${what})`, secret, secret),
  queried(
    `secret-query-encoded-${id}`,
    `a foreign shop receives a percent-encoded secret in the query (${what})`,
    // Every letter, so that neither the beginning nor the dots show.
    [...secret].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join(''),
    secret,
  ),
]);

function queried(id: string, title: string, sent: string, secret: string): Row {
  const path = `/open/page?a=1&secret=${sent}&b=2`;
  return {
    ...{ id, title, source: 'S3', needs: ['upstream'] },
    attack: (world) => world.send({ path }),
    refusal: refuse(200, undefined, {
      says: 'the upstream sees the rest alone',
      holds: ({ text }) => {
        if (text.includes(sent) || text.includes(secret)) return 'the upstream received it';
        return text.includes('/open/page?a=1&b=2') ? undefined : 'the rest of the query is missing';
      },
    }),
  };
}

/** Cookies that only our services may set. */
const givenByForeigners: Row[] = OUR_COOKIES.map((name) => ({
  id: `sets-${name
    .toLowerCase()
    .replace(/[^a-z]+/g, '-')
    .replace(/^-/, '')}`,
  title: `a foreign shop sets the cookie ${name}`,
  source: 'S3',
  needs: ['upstream'],
  attack: (world) => world.send({ path: '/open/page' }),
  refusal: refuse(200, undefined, {
    says: 'not in the answer; the cookies of the shop are',
    holds: ({ headers }) => {
      const set = headers['set-cookie'] ?? '';
      if (!set.includes('cart=1')) return 'the cookie of the shop is missing';
      return set.includes(`${name}=`) ? 'the visitor receives it' : undefined;
    },
  }),
}));

const OTHERS: readonly Row[] = [
  {
    id: 'method-post',
    title: 'a method that needs a reservation',
    source: 'docs/protect.md',
    needs: ['upstream'],
    attack: (world) => world.send({ method: 'POST', path: '/api/cart/add', body: '' }),
    refusal: UNREACHED,
  },
  {
    id: 'method-unnamed',
    title: 'a method that no rule names',
    source: 'docs/protect.md',
    needs: ['upstream'],
    attack: (world) => world.send({ method: 'PATCH', path: '/api/cart/add', body: '' }),
    refusal: UNREACHED,
  },
  {
    id: 'method-head',
    title: 'HEAD on a protected path',
    source: 'RFC 9110 9.3.2',
    needs: ['upstream'],
    attack: (world) => world.send({ method: 'HEAD', path: '/gated/page' }),
    refusal: refuse([302, 403]),
  },
  {
    id: 'method-options',
    title: 'OPTIONS with a body on a protected path',
    source: 'G15',
    needs: ['upstream'],
    attack: (world) => world.send({ method: 'OPTIONS', path: '/gated/page', body: 'buy=1' }),
    refusal: UNREACHED,
  },
  {
    id: 'own-path-admin',
    title: 'an operators’ path spelled so that a rule might take it',
    source: 'docs/protect.md',
    needs: ['upstream'],
    attack: (world) => world.send({ path: '/mall/../v1/admin/rooms' }),
    refusal: refuse([400, 401, 404]),
  },
  {
    id: 'header-of-upstream',
    title: 'what an upstream tells the gateway, in a visitor’s answer',
    source: 'docs/protect.md',
    needs: ['upstream'],
    attack: (world) => world.send({ path: '/open/page' }),
    refusal: refuse(200, undefined, {
      says: 'no Waitroom-* header',
      holds: ({ headers }) =>
        Object.keys(headers).some((name) => name.startsWith('waitroom'))
          ? 'a Waitroom-* header came through'
          : undefined,
    }),
  },
  {
    id: 'connection-nominates',
    title: 'Connection names a header that the gateway wrote',
    source: 'RFC 9110 7.6.1',
    needs: ['upstream', 'gate'],
    attack: async (world) => {
      const good = await goodGateReservation(world);
      return world.send({
        path: '/gated/page',
        headers: {
          ...credentialHeaders(good),
          connection: 'close, waitroom-reservation, x-forwarded-for, host',
        },
      });
    },
    refusal: refuse(200, undefined, {
      says: 'the upstream still sees Waitroom-Reservation and X-Forwarded-For',
      holds: (answer) => {
        const seen = seenBy(answer).toLowerCase();
        return ['waitroom-reservation', 'x-forwarded-for', '"host"'].every((name) => seen.includes(name))
          ? undefined
          : 'a header of the gateway is missing';
      },
    }),
  },
  {
    id: 'connection-hides-own',
    title: 'Connection names a header of the client',
    source: 'RFC 9110 7.6.1',
    needs: ['upstream'],
    attack: (world) =>
      world.send({ path: '/open/page', headers: { connection: 'close, x-secret', 'x-secret': SECRET } }),
    refusal: hidden(SECRET),
  },
  {
    id: 'trailer-te',
    title: 'TE travels on',
    source: 'RFC 9110 7.6.1',
    needs: ['upstream'],
    attack: (world) => world.send({ path: '/open/page', headers: { te: `trailers, ${MARK}` } }),
    refusal: hidden(MARK),
  },
  {
    id: 'host-other',
    title: 'another Host than ours',
    source: 'RFC 9110 7.2',
    needs: ['upstream'],
    attack: (world) => world.send({ path: '/open/page', headers: { host: 'evil.example' } }),
    refusal: refuse([200, 400, 421], undefined, {
      says: 'Host is the upstream’s own',
      holds: (answer) => {
        if (answer.status !== 200) return undefined;
        const { headers } = documentOf(seenUpstream, answer);
        return headers[headers.indexOf('Host') + 1] === 'evil.example'
          ? 'the upstream sees the client’s Host'
          : undefined;
      },
    }),
  },
  {
    id: 'request-id-kept',
    title: 'a client chooses the request id of an answer',
    source: 'S14',
    needs: ['addresses'],
    attack: (world) =>
      world.send({
        path: '/v1/products',
        headers: { 'x-request-id': 'chosen-by-client' },
        from: world.address(),
      }),
    refusal: refuse(200, undefined, {
      says: 'another X-Request-Id',
      holds: ({ headers }) =>
        headers['x-request-id'] === 'chosen-by-client' ? 'the client’s id was kept' : undefined,
    }),
  },
  {
    id: 'request-id-on-hot-route',
    title: 'a client chooses the request id of a hot route',
    source: 'S14',
    needs: ['addresses'],
    attack: (world) =>
      world.send({
        path: '/v1/rooms/no-such-room/tickets/me',
        headers: { 'x-request-id': 'chosen-by-client' },
        from: world.address(),
      }),
    refusal: refuse([401, 404], undefined, {
      says: 'another X-Request-Id',
      holds: ({ headers }) =>
        headers['x-request-id'] === 'chosen-by-client' ? 'the client’s id was kept' : undefined,
    }),
  },
  {
    id: 'html-without-reservation',
    title: 'a page behind the room, as a browser asks',
    source: 'docs/protect.md',
    needs: ['gate'],
    reduced: true,
    attack: (world) =>
      world.send({
        path: `${world.gate.path}/page`,
        headers: { accept: 'text/html', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
      }),
    refusal: refuse([302, 303], undefined, {
      says: 'to the room',
      holds: ({ headers }) =>
        headers.location?.startsWith('/w/') ? undefined : `Location: ${headers.location}`,
    }),
  },
  {
    id: 'shared',
    title: 'one reservation shown from a thousand addresses',
    source: 'S15',
    needs: ['own-gate'],
    alone: true,
    attack: async (world) => {
      const good = await gateReservation(world);
      const answers: Answer[] = [];
      for (let at = 0; at < 1_000; at += 50)
        answers.push(
          ...(await Promise.all(
            Array.from({ length: 50 }, (_, one) =>
              world.send({
                path: '/gated/page',
                headers: {
                  ...credentialHeaders(good),
                  'x-forwarded-for': `198.51.${Math.floor((at + one) / 250)}.${((at + one) % 250) + 1}`,
                },
              }),
            ),
          )),
        );
      return answers;
    },
    refusal: {
      status: [200, 403, 429],
      says: 'most are refused',
      together: (answers) => {
        const passed = answers.filter(({ status }) => status === 200).length;
        return passed < 500 ? undefined : `${passed} of 1,000 addresses passed with one reservation`;
      },
    },
  },
  {
    id: 'upgrade-gate',
    title: 'a WebSocket on a protected path without a reservation',
    source: 'docs/protect.md',
    needs: ['upstream', 'wire'],
    attack: (world) => upgrade(world, { path: '/gated/live' }, atOnce),
    refusal: UNREACHED,
  },
  {
    id: 'upgrade-dots',
    title: 'a WebSocket on another spelling of a protected path',
    source: 'S13',
    needs: ['upstream', 'wire'],
    attack: (world) => upgrade(world, { path: '/mall/%2573hop/live' }, atOnce),
    refusal: refuse([400, 403, 404]),
  },
  {
    id: 'upgrade-secrets',
    title: 'a WebSocket forwards the session',
    source: 'S3',
    needs: ['upstream', 'wire'],
    attack: (world) =>
      upgrade(
        world,
        {
          path: '/open/live',
          headers: {
            cookie: `__Host-account.session_token=${SECRET}; state=${EXAMPLES.tkt}`,
            'x-binding': SECRET,
            authorization: `Bearer ${EXAMPLES.ord}`,
          },
        },
        untilClosed(500),
      ),
    refusal: refuse(101, undefined, {
      says: 'the upstream does not see it',
      holds: ({ text }) =>
        [SECRET, EXAMPLES.tkt, EXAMPLES.ord].some((secret) => text.includes(secret))
          ? 'the upstream received it'
          : undefined,
    }),
  },
  {
    id: 'upgrade-states',
    title: 'a WebSocket forwards headers that the client set',
    source: 'S4',
    needs: ['upstream', 'wire', 'addresses'],
    attack: (world) =>
      upgrade(
        world,
        {
          path: '/open/live',
          // This machine's first address is a proxy that may state them.
          from: world.address(),
          headers: { 'true-client-ip': MARK, 'x-original-url': MARK },
        },
        untilClosed(500),
      ),
    refusal: refuse(101, undefined, {
      says: 'the upstream does not see it',
      holds: ({ text }) => (text.includes(MARK) ? 'the upstream received it' : undefined),
    }),
  },
  {
    id: 'upgrade-revoked',
    title: 'a WebSocket whose reservation is revoked stays open',
    source: 'S5',
    needs: ['upstream', 'wire', 'gate'],
    attack: async (world) => {
      const good = await gateReservation(world);
      return upgrade(world, { path: '/gated/live', headers: reservationHeaders(good) }, async (closed) => {
        await revoke(world, good);
        await untilClosed(6_000)(closed);
      });
    },
    refusal: refuse(101, undefined, {
      says: 'closed within 5 s',
      holds: ({ headers }) => (headers.closed === 'true' ? undefined : 'still open 6 s later'),
    }),
  },
  {
    id: 'upgrade-admin-key',
    title: 'an upgrade to an operators’ path with a bad key',
    source: 'S25',
    needs: ['wire'],
    attack: (world) =>
      upgrade(world, { path: '/v1/admin/jobs/board', headers: { authorization: badKey(0) } }, atOnce),
    refusal: refuse([400, 401, 404, 426]),
  },
  {
    id: 'bad-keys',
    title: 'sixty bad keys from one address',
    source: 'ADR 0006',
    attack: async (world) => {
      const address = `203.0.113.${1 + (world.next() % 250)}`;
      const answers: Answer[] = [];
      for (let nth = 0; nth < 60; nth += 1)
        answers.push(
          await world.send({
            path: '/v1/admin/rooms',
            headers: { authorization: badKey(nth), 'x-forwarded-for': address },
          }),
        );
      return answers;
    },
    refusal: refuse(429, 'rate_limited'),
  },
  {
    id: 'upgrade-bad-keys',
    title: 'sixty bad keys from one address, by upgrades',
    source: 'S25',
    needs: ['wire'],
    attack: async (world) => {
      const address = `198.18.0.${1 + (world.next() % 250)}`;
      const answers: Answer[] = [];
      for (let nth = 0; nth < 60; nth += 1)
        answers.push(
          await upgrade(
            world,
            {
              path: '/v1/admin/dead-letters',
              headers: { authorization: badKey(nth), 'x-forwarded-for': address },
            },
            atOnce,
          ),
        );
      answers.push(
        await world.send({
          path: '/v1/admin/rooms',
          headers: { authorization: badKey(99), 'x-forwarded-for': address },
        }),
      );
      return answers;
    },
    refusal: {
      status: [429],
      says: 'refused unlooked, or counted',
      together: (answers) => {
        const last = answers.at(-1)?.status;
        const looked = answers.slice(0, 60).filter(({ status }) => status === 401).length;
        return looked <= 31 || last === 429 ? undefined : `${looked} of 60 guesses were looked up`;
      },
    },
  },
];

export const proxy = family(
  'proxy',
  'spellings of protected paths, headers that a client may not set, secrets that no upstream may see, upgrades',
  [
    ...PATHS.map(spelled),
    ...STATED.map(stated),
    ...SECRETS.map(kept),
    ...inQuery,
    ...lookAlikes,
    ...givenByForeigners,
    ...OTHERS,
  ],
);
