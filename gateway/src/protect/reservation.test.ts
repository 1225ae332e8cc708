import { randomUUID } from 'node:crypto';
import { connectDb } from '@shopfast/db/client';
import { purchase } from '@shopfast/db/orders/purchase';
import { revokeToken } from '@shopfast/db/revoked-tokens';
import { seed } from '@shopfast/db/seed';
import { trustedProxies } from '@shopfast/kit/client-address';
import { bindingCookie } from '@shopfast/kit/contracts/token';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { connectRedis } from '@shopfast/kit/redis';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import type { Gateway } from '../gateway.ts';
import { roomKeys } from '../lua/keys.ts';
import { defineScripts } from '../lua/scripts.ts';
import { createMetrics } from '../metrics.ts';
import { json, openShop, type Shop } from '../testing/shop.ts';
import { reservationCookie } from '../tokens/cookies.ts';
import { saveReleases } from '../tokens/released.ts';
import { createReservations } from './reservation.ts';

const urls = () => ({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') });
let shop: Shop;
beforeAll(async () => {
  shop = await openShop(urls(), { limits: { trustedProxies: trustedProxies('127.0.0.1') } });
});
afterAll(() => shop.close());

const admin = async (method: string, path: string, body?: object, at = shop) => {
  const answer = await at.admin(method, `/rooms${path}`, body);
  expect(answer.status).toBeLessThan(300);
};
const open = (cookie: string, headers = {}) =>
  shop.send('GET', '/checkout', { headers: { cookie, ...headers } });
const statusFor = async (cookie: string) => (await open(cookie)).status;
const jtiOf = (token: string) => decodeJwt(token).jti as string;
/** The check by another gateway, which has seen nothing of this one. */
const elsewhere = (cookie: string, gateway: Partial<Gateway> = {}) =>
  createReservations({ ...shop.gateway, ...gateway }).shown({ cookie }, shop.room);

describe('a reservation is void', () => {
  test.each<[string, ...(readonly [method: string, path: string, body?: object])[]]>([
    ['reset', ['POST', '/reset']],
    ['reset and opened again', ['POST', '/reset'], ['POST', '/open']],
    ['deleted', ['DELETE', '?force=true']],
    ['deleted and created again', ['DELETE', '?force=true'], ['POST', ''], ['POST', '/open']],
    ['closed', ['POST', '/close']],
  ])('once its room was %s', async (_, ...steps) => {
    const own = await openShop(urls());
    try {
      const { cookie } = await own.admitted();
      const ask = () => own.send('GET', '/checkout', { headers: { cookie } });
      expect((await ask()).status).toBe(200);
      for (const [method, path] of steps) {
        const making = method === 'POST' && path === '';
        await admin(method, making ? '' : `/${own.room}${path}`, making ? { id: own.room } : undefined, own);
      }
      const refused = await ask();
      expect([refused.status, json(refused).code]).toEqual([403, 'queue_required']);
    } finally {
      await own.close();
    }
  });

  test('while its room rehearses', async () => {
    const { cookie } = await shop.admitted();
    expect(await elsewhere(cookie)).toHaveProperty('claims');
    const room = shop.gateway.rooms.get(shop.room);
    const rehearsing = { ...room, settings: { ...room.settings, rehearsal: true } };
    const rooms = { ...shop.gateway.rooms, find: () => rehearsing };
    expect(await elsewhere(cookie, { rooms })).toMatch(/not valid/);
  });

  test.each(['pause', 'drain'])(
    'but it stays valid after a %s: admitted shoppers keep their turn',
    async (step) => {
      const own = await openShop(urls());
      try {
        const [{ cookie }] = [await own.admitted(), await own.admitted()];
        expect((await own.admin('POST', `/rooms/${own.room}/${step}`)).status).toBe(200);
        expect((await own.send('GET', '/checkout', { headers: { cookie } })).status).toBe(200);
      } finally {
        await own.close();
      }
    },
  );
});

/** Unreachable stores, for a separate gateway. */
function unavailableStores() {
  const lifecycle = createLifecycle();
  const { log } = shop.gateway;
  const redis = defineScripts(connectRedis('redis://127.0.0.1:9', 'requests', { log, lifecycle }));
  const { sql } = connectDb('postgres://nobody:nothing@127.0.0.1:9/away', {
    name: 'away',
    max: 1,
    lifecycle,
    log,
  });
  return { redis, sql, close: () => lifecycle.close() };
}

const ENDS: [string, (token: string) => Promise<unknown>][] = [
  ['withdrawn', (token) => shop.admin('DELETE', `/rooms/${shop.room}/active/${jtiOf(token)}?revoke=true`)],
  [
    'spent in our checkout',
    async (token) => {
      await buy(token);
      await shop.admin('DELETE', `/rooms/${shop.room}/active/${jtiOf(token)}`);
    },
  ],
  [
    'spent in an external shop',
    async (token) => {
      await shop.admin('DELETE', `/rooms/${shop.room}/active/${jtiOf(token)}`);
      await saveReleases(shop.gateway);
      await vi.waitFor(
        async () =>
          expect(
            await shop.gateway.sql`select from released_tokens where jti = ${jtiOf(token)}`,
          ).toHaveLength(1),
        { timeout: 15_000 },
      );
    },
  ],
];

async function buy(token: string): Promise<void> {
  const productId = `for-${shop.room}`;
  await seed(shop.gateway.sql, {
    ...{
      room: shop.room,
      productId,
      name: 'Cap',
      price: 500,
      currency: 'EUR',
      units: 9,
      perCustomerLimit: 9,
    },
  });
  const bought = await purchase(shop.gateway.sql, {
    ...{
      orderId: randomUUID(),
      jti: jtiOf(token),
      ticketId: 't',
      room: shop.room,
      number: 1,
      tax: 0,
      shipping: 0,
    },
    ...{ items: [{ productId, quantity: 1, quotedPrice: null }], destination: null, email: 'a@example.com' },
    ...{ userId: null, paymentMethod: 'pm_card_visa', idempotencyKey: null, requestHash: 'h', locale: null },
    epoch: decodeJwt(token).epoch as number,
    holdUntil: new Date(Date.now() + 60_000),
    now: new Date(),
  });
  expect(bought.outcome).toBe('placed');
}

describe.each(ENDS)('a reservation that was %s', (_, end) => {
  test('stays ended when no gateway ticked for long', async () => {
    const { cookie, token } = await shop.admitted();
    await end(token);
    const { room } = roomKeys(shop.room);
    const { redis } = shop.gateway;
    // The token was signed well before the stall. The next tick notices that no heartbeat could count during it.
    const graceFrom = async () => Number(await redis.hget(room, 'liveness_grace_from'));
    const before = await graceFrom();
    await vi.waitFor(
      async () => {
        await redis.hset(room, { last_tick: Date.now() - 10_000 });
        expect(await graceFrom()).toBeGreaterThan(
          Math.max(before, (decodeJwt(token).iat as number) * 1_000 + 1_000),
        );
      },
      { timeout: 10_000 },
    );
    expect(await elsewhere(cookie)).toMatch(/has been used/);
    expect(await statusFor(cookie)).toBe(403);
  });

  test('stays ended when Redis is unavailable, and a live one passes', async () => {
    const [ended, good] = [await shop.admitted(), await shop.admitted()];
    await end(ended.token);
    const { redis, close } = unavailableStores();
    try {
      expect(await elsewhere(ended.cookie, { redis })).toMatch(/has been used/);
      expect(await elsewhere(good.cookie, { redis })).toHaveProperty('claims');
    } finally {
      await close();
    }
  });

  test('stays ended when Redis has lost everything, and one that was not passes', async () => {
    const [ended, good] = [await shop.admitted(), await shop.admitted()];
    await end(ended.token);
    const { redis } = shop.gateway;
    await redis.unlink(await redis.keys(`wr:{${shop.room}}:*`));
    expect(await elsewhere(ended.cookie)).toMatch(/has been used/);
    await vi.waitFor(async () => expect(await redis.exists(roomKeys(shop.room).room)).toBe(1), 5_000);
    expect(await elsewhere(ended.cookie)).toMatch(/has been used/);
    expect(await elsewhere(good.cookie)).toHaveProperty('claims');
  });
});

describe('while neither Redis nor Postgres answers', () => {
  test('protected paths answer 503 with Retry-After, unless the room fails open', async () => {
    const { cookie } = await shop.admitted();
    const { redis, sql, close } = unavailableStores();
    try {
      await expect(elsewhere(cookie, { redis, sql })).rejects.toMatchObject({
        code: 'unavailable',
        retryAfterSeconds: expect.any(Number),
      });
      await admin('PATCH', `/${shop.room}`, { fail_mode: 'open' });
      expect(await elsewhere(cookie, { redis, sql })).toHaveProperty('claims');
      const stranger = cookie.replace(/(__Host-bind_[^=]+=bnd_)./, '$1_');
      expect(await elsewhere(stranger, { redis, sql })).toMatch(/another browser/);
    } finally {
      await admin('PATCH', `/${shop.room}`, { fail_mode: 'closed' });
      await close();
    }
  });

  test('a reservation that was seen as ended stays ended, also when the room fails open', async () => {
    const { cookie, token } = await shop.admitted();
    await revokeToken(shop.gateway.sql, { jti: jtiOf(token), room: shop.room, at: new Date() }, null);
    const { redis, sql, close } = unavailableStores();
    let database = shop.gateway.sql;
    const present = ((...given: Parameters<typeof sql>) => database(...given)) as typeof sql;
    try {
      await admin('PATCH', `/${shop.room}`, { fail_mode: 'open' });
      let now = Date.now();
      const clock = { ...shop.gateway.clock, now: () => now };
      const reservations = createReservations({ ...shop.gateway, redis, clock, sql: present });
      expect(await reservations.shown({ cookie }, shop.room)).toMatch(/has been used/);
      database = sql;
      now += 60_000;
      expect(await reservations.shown({ cookie }, shop.room)).toMatch(/has been used/);
    } finally {
      await admin('PATCH', `/${shop.room}`, { fail_mode: 'closed' });
      await close();
    }
  });
});

describe('one spelling of a token', () => {
  const cookieOf = (jar: string, name: string) =>
    jar
      .split('; ')
      .find((cookie) => cookie.startsWith(`${name}=`))
      ?.slice(name.length + 1) as string;

  test('is accepted, and no other', async () => {
    const { cookie, token } = await shop.admitted();
    const binding = cookieOf(cookie, bindingCookie(shop.room));
    const shown = (text: string) =>
      shop.send('GET', '/checkout', { headers: { authorization: `Bearer ${text}`, 'x-binding': binding } });
    expect((await shown(token)).status).toBe(200);
    for (const odd of [`${token}=`, `${token}.`, `${token}A`]) expect((await shown(odd)).status).toBe(403);
  });

  test('is accepted; its other signature is refused, before and after the reservation ends', async () => {
    const { cookie, token } = await shop.admitted();
    const binding = cookieOf(cookie, bindingCookie(shop.room));
    const other = (text: string) =>
      `${reservationCookie(shop.room)}=${text}; ${bindingCookie(shop.room)}=${binding}`;
    expect(await statusFor(other(token))).toBe(200);
    expect(await statusFor(other(otherSignature(token)))).toBe(403);
    shop.answerWith((_, outgoing) => void outgoing.setHeader('Waitroom-Release', '1').end());
    await open(cookie);
    shop.answerWith((_, outgoing) => void outgoing.end('the shop'));
    expect(await statusFor(other(otherSignature(token)))).toBe(403);
    expect(await statusFor(cookie)).toBe(403);
  });
});

describe('a reservation that is shared', () => {
  const from = (cookie: string, address: string) => open(cookie, { 'x-forwarded-for': address });
  const refusals = async () =>
    /shopfast_reservation_sharing_refused_total\{limit="addresses"\} (\d+)/.exec(
      await createMetrics(shop.gateway.rooms, shop.gateway.meters).metrics(),
    )?.[1] ?? '0';

  test('is accepted from a limited number of addresses in a minute, and those keep access', async () => {
    const { cookie } = await shop.admitted();
    const before = Number(await refusals());
    const statuses: number[] = [];
    for (let visitor = 0; visitor < 200; visitor += 1)
      statuses.push((await from(cookie, `198.51.${100 + (visitor >> 7)}.${visitor & 127}`)).status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(10);
    const refused = await from(cookie, '203.0.113.9');
    expect([refused.status, json(refused).code]).toEqual([429, 'rate_limited']);
    expect(json(refused).detail).toBe('This reservation is in use from too many addresses.');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await from(cookie, '198.51.100.0')).status).toBe(200);
    expect(Number(await refusals()) - before).toBe(191);
  });

  test('within one IPv6 network counts as one address', async () => {
    const { cookie } = await shop.admitted();
    for (let host = 1; host <= 20; host += 1)
      expect((await from(cookie, `2001:db8:1:2::${host}`)).status).toBe(200);
  });

  test('does not affect other reservations', async () => {
    const [shared, own] = [await shop.admitted(), await shop.admitted()];
    for (let visitor = 0; visitor < 20; visitor += 1) await from(shared.cookie, `192.0.2.${visitor}`);
    expect((await from(own.cookie, '192.0.2.19')).status).toBe(200);
  });
});

/** The order of the curve P-256. */
const ORDER = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551');
function otherSignature(token: string): string {
  const [head, payload, signature] = token.split('.') as [string, string, string];
  const bytes = Buffer.from(signature, 'base64url');
  const s = ORDER - BigInt(`0x${bytes.subarray(32).toString('hex')}`);
  bytes.write(s.toString(16).padStart(64, '0'), 32, 'hex');
  return `${head}.${payload}.${bytes.toString('base64url')}`;
}
