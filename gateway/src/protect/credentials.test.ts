import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { trustedProxies } from '@shopfast/kit/client-address';
import { SECRET_KINDS } from '@shopfast/kit/secrets';
import { EXAMPLES } from '@shopfast/kit/secrets.fixture';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { openShop, type Shop } from '../testing/shop.ts';

const urls = () => ({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') });
let shop: Shop;
let trusting: Shop;
let verifying: Shop;
beforeAll(async () => {
  shop = await openShop(urls());
  trusting = await openShop(urls(), {
    limits: { trustedProxies: trustedProxies('127.0.0.1') },
    settings: { strip_headers: ['x-internal-*', 'x-real-ip'] },
  });
  verifying = await openShop(urls(), {
    settings: { credentials: 'reservation', pass_headers: ['x-http-method-override', 'cf-*'] },
  });
});
afterAll(async () => {
  for (const one of [shop, trusting, verifying]) await one?.close();
});
afterEach(() => shop.answerWith((_, outgoing) => void outgoing.end('the shop')));

type Sent = Record<string, string | string[]>;

async function reached(headers: Sent, path = '/open', at = shop) {
  expect((await at.send('GET', path, { headers })).status).toBe(200);
  return at.last();
}

/** The headers of a WebSocket handshake as the upstream gets them. */
async function reachedByUpgrade(headers: Record<string, string>): Promise<string> {
  const arrived = new Promise<string>((resolve) => {
    shop.upstream.once('upgrade', ({ rawHeaders, url }, socket) => {
      socket.destroy();
      resolve(`${url} ${rawHeaders.join('\n')}`);
    });
  });
  const socket = shop.raw();
  socket.on('error', () => {});
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(
    `GET /open?x=1 HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${lines.join('')}\r\n`,
  );
  const closed = once(socket, 'close');
  socket.resume();
  const text = await arrived;
  await closed;
  return text;
}

/** Cookies that our services set: accounts (with the session cache), tickets, bindings, reservations, the language. */
const OUR_COOKIES = [
  ...['__Host-ticket_drop', '__Host-bind_drop', '__Host-res_drop', '__host-Ticket_drop'],
  ...['__Host-account.session_token', '__Host-account.session_data', '__Host-account.session_data.0'],
  'shopfast_language',
];

describe('a foreign upstream receives none of our secrets', () => {
  test('and this list has every secret of the logger’s list', () => {
    expect(Object.keys(EXAMPLES)).toEqual(expect.arrayContaining(Object.keys(SECRET_KINDS)));
  });

  test.each(Object.entries(EXAMPLES))('of the logger’s list: %s', async (_, secret) => {
    const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
    const ways: Record<string, string>[] = [
      { authorization: `Bearer ${secret}` },
      { authorization: `bearer   ${secret}` },
      { Authorization: `Token ${secret}` },
      { authorization: secret },
      { authorization: basic(`me:${secret}`) },
      { authorization: basic(`${secret}:`) },
      { 'x-binding': secret },
      { X_Binding: secret },
      { 'x-rehearsal': secret },
      { 'x-api-key': secret },
      { referer: `http://localhost:3000/x?t=${encodeURIComponent(secret)}` },
      { 'sec-websocket-protocol': `bearer, ${secret}` },
      { cookie: `kept=1; t=${secret}` },
    ];
    const encoded = Buffer.from(`me:${secret}`).toString('base64');
    for (const headers of ways) {
      const { rawHeaders } = await reached({ ...headers, 'x-kept': '1' });
      expect(rawHeaders.join('\n')).not.toContain(secret);
      expect(rawHeaders.join('\n')).not.toContain(encoded);
      expect(rawHeaders).toContain('x-kept');
      const upgrade = await reachedByUpgrade({ ...headers, 'x-kept': '1' });
      expect(upgrade).not.toContain(secret);
      expect(upgrade).not.toContain(encoded);
      expect(upgrade).toContain('x-kept');
    }
    await reached({}, `/open?a=1&t=${secret}&b=2`);
    expect(shop.last().url).toBe('/open?a=1&b=2');
  });

  test.each(OUR_COOKIES)('nor the cookie %s, with any value', async (name) => {
    const value = randomBytes(16).toString('hex');
    const { rawHeaders } = await reached({ cookie: `first=1; ${name}=${value}; last=2` });
    expect(rawHeaders.join('\n')).not.toContain(value);
    expect(shop.last().headers.cookie).toBe('first=1; last=2');
    expect((await reached({ cookie: `${name}=${value}` })).headers.cookie).toBeUndefined();
  });

  test('an account’s session stays here on protected paths, too', async () => {
    const { cookie } = await shop.admitted();
    await reached({ cookie: `${cookie}; __Host-account.session_token=abc; cart=7` }, '/checkout');
    expect(shop.last().headers.cookie).toBe('cart=7');
  });
});

test('the upstream’s own data passes: cookies, credentials, keys and words that resemble ours', async () => {
  const jwt = `${Buffer.from('{"alg":"RS256","typ":"JWT"}').toString('base64url')}.e30.c2ln`;
  for (const authorization of [`Bearer ${jwt}`, 'Basic bWU6c2VjcmV0', 'Bearer s3cr3t', 'Digest username="x"'])
    expect((await reached({ authorization })).headers.authorization).toBe(authorization);
  const own: Sent = {
    cookie: `session=${jwt}; __Host-sid=1; __Secure-x=2; ord=ord_01HXYZABCDEFGHJKMNPQRSTVWX; a="b c"`,
    'x-api-key': 'key_0123456789abcdef',
    'x-csrf-token': 'pri_ze',
    'idempotency-key': 'ord_7',
  };
  expect((await reached(own)).headers).toMatchObject(own);
  const path = '/open?sort=pri_asc&id=ord_01HXYZABCDEFGHJKMNPQRSTVWX&x=%2F';
  expect((await reached({}, path)).url).toBe(path);
});

const secretOf = (cookie: string) => cookie.slice(cookie.indexOf('=') + 1);

test('our own services receive what they need, and nothing more', async () => {
  const { cookie, token } = await shop.admitted();
  const binding = /__Host-bind_[^=]+=[^;]+/.exec(cookie)?.[0] as string;
  const account = '__Host-account.session_token=abc; shopfast_language=de';
  const headers = {
    ...{ cookie: `${cookie}; ${account}`, authorization: `Bearer ${token}` },
    ...{ 'x-binding': secretOf(binding), 'x-rehearsal': EXAMPLES.reh },
  };
  const atOwn = await reached(headers, '/own');
  expect(atOwn.headers.cookie).toBe(`${binding}; ${account}`);
  const { authorization } = headers;
  expect(atOwn.headers).toMatchObject({ authorization, 'x-binding': headers['x-binding'] });
  expect(atOwn.headers['x-rehearsal']).toBeUndefined();
  for (const kind of ['ord', 'adm'] as const) {
    const bearer = { cookie, authorization: `Bearer ${EXAMPLES[kind]}` };
    expect((await reached(bearer, '/own')).headers.authorization).toBe(bearer.authorization);
  }
  const ticket = { cookie, authorization: `Bearer ${EXAMPLES.tkt}` };
  expect((await reached(ticket, '/own')).headers.authorization).toBeUndefined();
});

test('a shop that verifies reservations receives them and their bindings, and nothing else of ours', async () => {
  const { cookie, token } = await verifying.admitted();
  const binding = secretOf(/__Host-bind_[^=]+=[^;]+/.exec(cookie)?.[0] as string);
  const sent = { cookie: `${cookie}; __Host-account.session_token=abc`, 'x-binding': binding };
  const arrived = await reached({ ...sent, authorization: `Bearer ${token}` }, '/checkout', verifying);
  expect(arrived.headers.authorization).toBe(`Bearer ${token}`);
  expect(arrived.headers['x-binding']).toBe(binding);
  expect(arrived.headers.cookie).toMatch(/^__Host-bind_[^;]+; __Host-res_[^;]+$/);
  const bearer = { authorization: `Bearer ${EXAMPLES.adm}` };
  expect((await reached(bearer, '/open', verifying)).headers.authorization).toBeUndefined();
});

test('an upstream cannot set a cookie with a name of ours, in any answer or interim answer', async () => {
  const forged = OUR_COOKIES.flatMap((name) => [`${name}=1; Path=/`, ` ${name}=1`, `=${name}=1`]);
  shop.answerWith((incoming, outgoing) => {
    const cookies = [...forged, 'sid=1; Path=/'].flatMap((cookie) => ['Set-Cookie', cookie]);
    outgoing.writeHead(200, cookies).end(incoming.url);
  });
  expect((await shop.send('GET', '/open')).headers['set-cookie']).toEqual(['sid=1; Path=/']);
  const own = (await shop.send('GET', '/own', { headers: await admittedHeaders() })).headers['set-cookie'];
  expect(own?.some((cookie) => /__Host-(?:ticket|bind|res)_/i.test(cookie))).toBe(false);
  expect(own).toContain('__Host-account.session_token=1; Path=/');
});

const admittedHeaders = async () => ({ cookie: (await shop.admitted()).cookie });

const CLAIMS = [
  ...['True-Client-IP', 'CF-Connecting-IP', 'X-Client-IP', 'X-Cluster-Client-IP', 'Client-IP', 'X-Real-IP'],
  ...['Fastly-Client-IP', 'X-Original-Forwarded-For', 'X-Original-URL', 'X-Rewrite-URL', 'X-Original-Host'],
  ...['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override', 'X-Forwarded-Server', 'X-Host'],
  ...['X-Forwarded-Prefix', 'X-Forwarded-Scheme', 'X-Forwarded-Ssl', 'X-Forwarded-Port', 'X-Forwarded-User'],
  ...['X-Azure-ClientIP', 'X-Azure-SocketIP', 'Akamai-Client-IP', 'Akamai-Origin-Hop', 'X-ProxyUser-Ip'],
  ...['WL-Proxy-Client-IP', 'Proxy-Client-IP', 'X-Envoy-External-Address', 'X-Remote-User', 'Client-Cert'],
  ...['X-Forwarded-Client-Cert', 'X-Originating-IP', 'X-Remote-Addr', 'Forwarded-For', 'X-SSL-Client-DN'],
  ...['X-Appengine-User-IP', 'X-Scheme', 'Front-End-Https', 'X-Accel-Redirect', 'Proxy', 'X-Forwarded'],
];
const ONLY_OURS = ['Waitroom-Room', 'X-Waitroom-Number', 'X-Waitroom-Jti', 'X-Waitroom-Expires'];
const REWRITTEN = ['X-Forwarded-For', 'X-Forwarded-Host', 'X-Forwarded-Proto', 'Forwarded'];

describe('headers about the client', () => {
  test.each([...CLAIMS, ...ONLY_OURS, ...REWRITTEN])('%s does not reach an upstream', async (name) => {
    const spellings = [name, name.toUpperCase(), name.replaceAll('-', '_'), name.replaceAll('-', '.')];
    for (const spelling of spellings) {
      expect((await reached({ [spelling]: 'claimed' })).rawHeaders.join('\n')).not.toContain('claimed');
      expect(await reachedByUpgrade({ [spelling]: 'claimed' })).not.toContain('claimed');
    }
  });

  test.each(CLAIMS.filter((name) => name !== 'X-Real-IP'))('%s counts from a trusted proxy', async (name) => {
    expect((await reached({ [name]: 'said' }, '/open', trusting)).headers[name.toLowerCase()]).toBe('said');
  });

  test.each([...ONLY_OURS, ...REWRITTEN])('%s is set only by us, even then', async (name) => {
    const { rawHeaders } = await reached({ [name]: 'said' }, '/open', trusting);
    expect(rawHeaders.join('\n')).not.toContain('said');
  });

  test('is passed or removed as the upstream’s settings say', async () => {
    const said = { 'x-http-method-override': 'PUT', 'cf-connecting-ip': 'said', 'true-client-ip': 'claimed' };
    const { headers } = await reached(said, '/open', verifying);
    expect(headers).toMatchObject({ 'x-http-method-override': 'PUT', 'cf-connecting-ip': 'said' });
    expect(headers['true-client-ip']).toBeUndefined();
    const stripped = await reached({ X_Internal_Role: 'a', 'x-real-ip': 'b', 'x-kept': 'c' }, '/o', trusting);
    expect(stripped.rawHeaders.join('\n')).not.toMatch(/internal|x-real-ip/i);
    expect(stripped.headers['x-kept']).toBe('c');
  });

  test('ordinary headers of applications pass', async () => {
    const own: Sent = {
      'x-client-version': '1',
      'x-requested-with': 'fetch',
      'x-client-info': 'a',
      dnt: '1',
    };
    expect((await reached(own)).headers).toMatchObject(own);
  });
});
