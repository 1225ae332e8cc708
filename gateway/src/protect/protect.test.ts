import { bindingCookie, RESERVATION_TOKEN } from '@shopfast/kit/contracts/token';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { connectRedis } from '@shopfast/kit/redis';
import { withLowS } from '@shopfast/kit/reservation/low-s';
import { decodeJwt, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { roomKeys } from '../lua/keys.ts';
import { cookiesOf, json, openShop, type Shop } from '../testing/shop.ts';
import { reservationCookie } from '../tokens/cookies.ts';
import { createReservations } from './reservation.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') });
});
afterAll(() => shop.close());

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
const browse = (path: string, cookie?: string, method = 'GET') =>
  shop.send(method, path, { headers: { accept: BROWSER, ...(cookie ? { cookie } : {}) } });
const cookieOf = (jar: string, name: string) =>
  jar
    .split('; ')
    .find((cookie) => cookie.startsWith(`${name}=`))
    ?.slice(name.length + 1) as string;
const bindingOf = (jar: string) => cookieOf(jar, bindingCookie(shop.room));

describe('without a reservation', () => {
  test.each(['GET', 'HEAD'])(
    'a person (%s) is redirected to the room, with a return address',
    async (method) => {
      const before = shop.requests.length;
      const answer = await browse('/checkout/pay?item=3&note=%26', undefined, method);
      expect(answer.status).toBe(302);
      expect(answer.headers.location).toBe(
        `/w/${shop.room}?return=${encodeURIComponent('/checkout/pay?item=3&note=%26')}`,
      );
      expect(answer.headers['cache-control']).toBe('no-store');
      expect(shop.requests.length).toBe(before);
    },
  );

  test('a program gets an error with the room to join', async () => {
    const answer = await shop.send('GET', '/checkout/pay', { headers: { accept: 'application/json' } });
    expect(answer.status).toBe(403);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(json(answer)).toMatchObject({
      code: 'queue_required',
      type: 'urn:shopfast:error:queue_required',
      room: shop.room,
      waiting_room_url: `http://localhost:3000/w/${shop.room}`,
    });
  });

  test('a request that is not a navigation is not redirected', async () => {
    expect((await browse('/checkout/pay', undefined, 'POST')).status).toBe(403);
  });

  test.each(['//checkout/x', '///checkout', '/checkout//..'])(
    '%s gives no return address on another host',
    async (path) => {
      const answer = await browse(path);
      expect([302, 400]).toContain(answer.status);
      expect(answer.headers.location ?? '').not.toContain('return=');
    },
  );

  test('ambiguous paths reach no upstream', async () => {
    const before = shop.requests.length;
    for (const path of [
      '/open/..;/checkout',
      '/open/%2e%2e/checkout',
      '/open%2f..%2fcheckout',
      '/open/../checkout',
    ])
      expect((await browse(path)).status).toBe(400);
    expect(shop.requests.length).toBe(before);
  });

  test.each([
    ...[
      '/%2563heckout/pay',
      '/checkout./pay',
      '/checkout%c0%afpay',
      '/%ef%bc%8fcheckout',
      '/checkout%20/pay',
    ],
    ...['//elsewhere/checkout', '/open/..%252f..%252fcheckout', '/%ef%bd%83heckout', '/checkout%00'],
  ])('%s may be read as the protected path, and reaches no upstream', async (path) => {
    const before = shop.requests.length;
    expect((await browse(path)).status).toBe(400);
    expect(shop.requests.length).toBe(before);
  });

  test.each(['/anything', '/files/AC%2FDC', '/a/../b', '/a%20b;c=d/', '/caf%C3%A9', '/100%25'])(
    'open paths are open, and forwarded unchanged: %s',
    async (path) => {
      expect((await browse(path)).body.toString()).toBe('the shop');
      expect(shop.last().url).toBe(path);
    },
  );

  test("a rule for everything does not take the gateway's own paths", async () => {
    expect((await browse('/healthz')).body.toString()).toBe('{"status":"ok"}');
    expect((await browse(`/v1/rooms/${shop.room}/status`)).status).toBe(200);
    expect((await browse(`/v1/rooms/${shop.room}/nothing`)).status).toBe(404);
    expect((await browse('/v1/admin/rooms')).status).toBe(401);
  });
});

describe('the claim of a protected room', () => {
  test('gives browsers the reservation as a cookie that scripts cannot read', async () => {
    const { claim, token } = await shop.admitted();
    const cookie = claim.headers['set-cookie']?.find((one) => one.startsWith(reservationCookie(shop.room)));
    expect(cookie).toContain(`${reservationCookie(shop.room)}=${token}`);
    for (const part of ['Path=/', 'Secure', 'HttpOnly', 'SameSite=Lax', 'Max-Age=600'])
      expect(cookie).toContain(part);
    expect(cookie).not.toContain('Domain');
  });

  test('of another room does not', async () => {
    const other = await shop.openRoom({ admissions_per_minute: 6_000 });
    const { claim } = await shop.admitted(other);
    expect(cookiesOf(claim)).not.toContain('__Host-res_');
  });
});

describe('with a reservation', () => {
  test('a browser passes, and the shop gets its reservation', async () => {
    const { cookie, token } = await shop.admitted();
    const answer = await browse('/checkout/pay?item=3', cookie);
    expect(answer.status).toBe(200);
    expect(shop.last().url).toBe('/checkout/pay?item=3');
    expect(shop.last().headers['waitroom-room']).toBe(shop.room);
    expect(shop.last().headers['waitroom-reservation']).toBe(decodeJwt(token).jti);
  });

  test('an app passes with token and binding as headers', async () => {
    const { cookie, token } = await shop.admitted();
    const headers = { authorization: `Bearer ${token}`, 'x-binding': bindingOf(cookie) };
    expect((await shop.send('POST', '/checkout/pay', { headers, body: 'x' })).status).toBe(200);
  });

  test("the shop's own Authorization header does not hide the cookie", async () => {
    const { cookie } = await shop.admitted();
    const headers = { cookie, authorization: 'Bearer the-shops-own' };
    expect((await shop.send('GET', '/checkout', { headers })).status).toBe(200);
    expect(shop.last().headers.authorization).toBe('Bearer the-shops-own');
  });

  test('a page with many parts is one check', async () => {
    const { cookie } = await shop.admitted();
    const looks = vi.spyOn(shop.gateway.redis, 'pipeline');
    for (let part = 0; part < 30; part += 1) await browse(`/checkout/${part}`, cookie);
    expect(looks.mock.calls.length).toBe(1);
    looks.mockRestore();
  });

  test.each<[string, (jar: string, token: string) => Promise<{ token: string; binding?: string }>]>([
    [
      'that was altered',
      async (jar, token) => ({ token: `${token.slice(0, -6)}AAAAAA`, binding: bindingOf(jar) }),
    ],
    ['of another browser', async (_jar, token) => ({ token, binding: `bnd_${'x'.repeat(43)}` })],
    ['without its binding', async (_jar, token) => ({ token })],
    [
      'that has expired',
      async (jar, token) => ({ token: await resign(token, { exp: now() - 6 }), binding: bindingOf(jar) }),
    ],
    [
      'that is not valid yet',
      async (jar, token) => ({ token: await resign(token, { nbf: now() + 60 }), binding: bindingOf(jar) }),
    ],
    [
      'of another issuer',
      async (jar, token) => ({
        token: await resign(token, { iss: 'https://evil' }),
        binding: bindingOf(jar),
      }),
    ],
    [
      'for another audience',
      async (jar, token) => ({ token: await resign(token, { aud: 'lunch' }), binding: bindingOf(jar) }),
    ],
    [
      'of another type',
      async (jar, token) => ({ token: await resign(token, {}, 'JWT'), binding: bindingOf(jar) }),
    ],
    [
      'for another room',
      async (jar, token) => ({ token: await resign(token, { room: 'elsewhere' }), binding: bindingOf(jar) }),
    ],
  ])('one %s does not pass', async (_what, change) => {
    const { cookie, token } = await shop.admitted();
    const shown = await change(cookie, token);
    const headers = {
      cookie: `${reservationCookie(shop.room)}=${shown.token}`,
      ...(shown.binding ? { 'x-binding': shown.binding } : {}),
    };
    const before = shop.requests.length;
    const answer = await shop.send('GET', '/checkout', { headers });
    expect(answer.status).toBe(403);
    expect(json(answer).code).toBe('queue_required');
    expect(shop.requests.length).toBe(before);
  });

  test('signed again with our own key without changes, it passes: the cases above fail for their stated reasons', async () => {
    const { cookie, token } = await shop.admitted();
    const shown = `${reservationCookie(shop.room)}=${await resign(token, {})}`;
    const headers = { cookie: shown, 'x-binding': bindingOf(cookie) };
    expect((await shop.send('GET', '/checkout', { headers })).status).toBe(200);
  });

  const now = () => Math.floor(Date.now() / 1_000);
  async function resign(
    token: string,
    changes: object,
    typ: string = RESERVATION_TOKEN.typ,
  ): Promise<string> {
    const { kid, privateKey } = shop.gateway.keyring.signing();
    const signed = await new SignJWT({ ...decodeJwt(token), ...changes })
      .setProtectedHeader({ alg: RESERVATION_TOKEN.alg, typ, kid })
      .sign(privateKey);
    return withLowS(signed);
  }
});

describe('a freed slot', () => {
  const active = () => shop.gateway.redis.zcard(roomKeys(shop.room).active);
  const elsewhere = (cookie: string) => createReservations(shop.gateway).shown({ cookie }, shop.room);

  test('by the header of the shop: slot free, header removed, cookies cleared, and the token is void', async () => {
    const { cookie } = await shop.admitted();
    const before = await active();
    shop.answerWith((_, outgoing) => {
      outgoing.setHeader('Waitroom-Release', '1');
      outgoing.setHeader('Set-Cookie', 'own=1');
      outgoing.end('thank you');
    });
    const answer = await browse('/checkout/done', cookie);
    shop.answerWith((_, outgoing) => void outgoing.end('the shop'));
    expect(answer.body.toString()).toBe('thank you');
    expect(answer.headers['waitroom-release']).toBeUndefined();
    expect(answer.headers['set-cookie']).toEqual([
      'own=1',
      expect.stringMatching(`^${reservationCookie(shop.room)}=; Max-Age=0; Path=/; Secure`),
      expect.stringMatching(`^${bindingCookie(shop.room)}=; Max-Age=0; Path=/; Secure`),
    ]);
    await vi.waitFor(async () => expect(await active()).toBe(before - 1), { timeout: 15_000 });
    await vi.waitFor(async () => expect((await browse('/checkout', cookie)).status).toBe(302), {
      timeout: 15_000,
    });
    expect(await elsewhere(cookie)).toMatch(/has been used/);
  });

  test('without a reservation the header has no effect, and is still removed', async () => {
    const { cookie } = await shop.admitted();
    const before = await active();
    shop.answerWith((_, outgoing) => void outgoing.setHeader('Waitroom-Release', '1').end());
    const answer = await browse('/open', cookie);
    shop.answerWith((_, outgoing) => void outgoing.end('the shop'));
    expect(answer.headers['waitroom-release']).toBeUndefined();
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect((await browse('/checkout', cookie)).status).toBe(200);
    expect(await active()).toBe(before);
  });

  test('by its holder: the cookies are cleared, and other gateways see it too', async () => {
    const { cookie } = await shop.admitted();
    expect(await elsewhere(cookie)).toHaveProperty('claims');
    const left = await shop.send('DELETE', `/v1/rooms/${shop.room}/tickets/me`, { headers: { cookie } });
    expect(left.headers['set-cookie']?.join()).toContain(`${reservationCookie(shop.room)}=; Max-Age=0`);
    expect(await elsewhere(cookie)).toMatch(/has been used/);
  });
});

describe('a reservation survives a Redis', () => {
  test('that is unavailable: the signature is enough', async () => {
    const { cookie } = await shop.admitted();
    const lifecycle = createLifecycle();
    const redis = connectRedis('redis://127.0.0.1:9', 'requests', { log: shop.gateway.log, lifecycle });
    const shown = await createReservations({ ...shop.gateway, redis }).shown({ cookie }, shop.room);
    await lifecycle.close();
    expect(shown).toHaveProperty('claims');
  });

  test('that lost all data: admitted shoppers stay admitted', async () => {
    const { cookie, token } = await shop.admitted();
    const { redis } = shop.gateway;
    // The token was signed a second or more before the loss.
    await vi.waitFor(
      () => expect(Date.now() / 1_000).toBeGreaterThan((decodeJwt(token).iat as number) + 1),
      3_000,
    );
    const keys = await redis.keys(`wr:{${shop.room}}:*`);
    await redis.unlink(keys);
    await vi.waitFor(async () => expect(await redis.exists(roomKeys(shop.room).room)).toBe(1), 5_000);
    expect(await createReservations(shop.gateway).shown({ cookie }, shop.room)).toHaveProperty('claims');
  });
});
