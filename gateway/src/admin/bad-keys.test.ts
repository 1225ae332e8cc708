import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { trustedProxies } from '@shopfast/kit/client-address';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { openShop, type Shop } from '../testing/shop.ts';

const urls = () => ({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') });
let shop: Shop;
beforeAll(async () => {
  shop = await openShop(urls(), {
    withoutFile: true,
    limits: { trustedProxies: trustedProxies('127.0.0.1') },
  });
});
afterAll(() => shop.close());

let addresses = 0;
/** An address that has shown no key yet. */
const newAddress = () => {
  addresses += 1;
  return `203.0.113.${addresses}`;
};
const badKey = () => `adm_${randomBytes(24).toString('base64url')}`;
const BUDGET = 30;
const GUESSES = 60;

type Guess = (key: string, address: string) => Promise<number>;
const bearer = (key: string, address: string) => ({
  authorization: `Bearer ${key}`,
  'x-forwarded-for': address,
});
const asked =
  (method: string, path: string, headers = bearer): Guess =>
  async (key, address) =>
    (await shop.send(method, path, { headers: headers(key, address) })).status;

/** A raw request, in an HTTP version and with headers that no client library sends. */
const raw =
  (line: string, more = ''): Guess =>
  async (key, address) => {
    const socket = shop.raw();
    let answer = '';
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      answer += chunk;
      if (answer.includes('\r\n\r\n')) socket.end();
    });
    socket.write(
      `${line}\r\nHost: x\r\nAuthorization: Bearer ${key}\r\nX-Forwarded-For: ${address}\r\n${more}\r\n`,
    );
    await once(socket, 'close');
    return Number(answer.split(' ')[1]);
  };

const websocket = 'Connection: Upgrade\r\nUpgrade: websocket\r\n';
const basic = (key: string, address: string) => ({
  ...bearer('', address),
  authorization: `Basic ${Buffer.from(`me:${key}`).toString('base64')}`,
});
const ROUTES: [string, Guess][] = [
  ['GET', asked('GET', '/v1/admin/rooms')],
  ['HEAD', asked('HEAD', '/v1/admin/rooms')],
  ['OPTIONS', asked('OPTIONS', '/v1/admin/rooms')],
  ['an unknown method', asked('PROPFIND', '/v1/admin/rooms')],
  ['HTTP/1.0', raw('GET /v1/admin/rooms HTTP/1.0')],
  ['an absolute request target', raw('GET http://x/v1/admin/products HTTP/1.1', 'Connection: close\r\n')],
  ['a live stream', asked('GET', '/v1/admin/rooms/drop/stream')],
  ['the checkout', asked('GET', '/v1/admin/products')],
  ['the workers', asked('POST', '/v1/admin/dead-letters/1/resend')],
  ['the job board', asked('GET', '/v1/admin/jobs/board', basic)],
  ['an upgrade to the gateway', raw('GET /v1/admin/rooms HTTP/1.1', websocket)],
  ['an upgrade to the checkout', raw('GET /v1/admin/products HTTP/1.1', websocket)],
  ['an upgrade to the workers', raw('GET /v1/admin/jobs/board HTTP/1.1', websocket)],
];

describe('bad admin keys of one address are counted, on every route', () => {
  test.each(ROUTES)('%s', async (_, guess) => {
    const [address, before] = [newAddress(), shop.requests.length];
    const upgrades = watchUpgrades();
    const statuses: number[] = [];
    for (let at = 0; at < GUESSES; at += 1) statuses.push(await guess(badKey(), address));
    expect(statuses).toEqual([...Array(BUDGET).fill(401), ...Array(GUESSES - BUDGET).fill(429)]);
    // All ways share one budget.
    expect(await asked('GET', '/v1/admin/rooms')(badKey(), address)).toBe(429);
    expect(shop.requests.length).toBe(before);
    expect(upgrades()).toBe(0);
  });

  test('concurrent ones too: the look-ups are limited', async () => {
    const address = newAddress();
    const guess = asked('GET', '/v1/admin/rooms');
    const statuses = await Promise.all(Array.from({ length: GUESSES }, () => guess(badKey(), address)));
    expect(statuses.filter((status) => status === 401)).toHaveLength(BUDGET);
    expect(statuses.filter((status) => status === 429)).toHaveLength(GUESSES - BUDGET);
  });

  test.each([
    ...['/v1/admin%2fproducts', '//v1/admin/products', '/V1/ADMIN/products', '/v1/%2561dmin/products'],
    ...['/v1/products/..%2fadmin/products', '/v1/products/%2e%2e%2fadmin/products', '/v1/admin;x/products'],
    ...['/v1/products/..%252fadmin%252fproducts', '/v1/products/..;/admin/orders', '/v1/admin%5cproducts'],
  ])('%s does not avoid the check: it reaches no service', async (path) => {
    const before = shop.requests.length;
    const upgrades = watchUpgrades();
    for (const guess of [asked('GET', path), raw(`GET ${path} HTTP/1.1`, websocket)])
      expect([400, 401, 404]).toContain(await guess(badKey(), newAddress()));
    expect(shop.requests.length).toBe(before);
    expect(upgrades()).toBe(0);
  });
});

function watchUpgrades(): () => number {
  let seen = 0;
  shop.upstream.removeAllListeners('upgrade').on('upgrade', (_, socket) => {
    seen += 1;
    socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n');
  });
  return () => seen;
}

describe('a good key', () => {
  test('does not count, for any number of concurrent calls', async () => {
    const [address, guess] = [newAddress(), asked('GET', '/v1/admin/rooms')];
    const calls = Array.from({ length: GUESSES }, () => guess(shop.ownerKey, address));
    expect(new Set(await Promise.all(calls))).toEqual(new Set([200]));
    for (let at = 0; at < BUDGET; at += 1) expect(await guess(badKey(), address)).toBe(401);
    expect(await guess(badKey(), address)).toBe(429);
    // This key was accepted here before.
    expect(await guess(shop.ownerKey, address)).toBe(200);
  });
});
