import { once } from 'node:events';
import { trustedProxies } from '@shopfast/kit/client-address';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { openShop, type Shop } from '../testing/shop.ts';

const urls = () => ({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') });
let direct: Shop;
let behindProxy: Shop;
beforeAll(async () => {
  direct = await openShop(urls());
  behindProxy = await openShop(urls(), { limits: { trustedProxies: trustedProxies('127.0.0.1') } });
});
afterAll(async () => {
  await direct.close();
  await behindProxy.close();
});

/** The headers about the client's address that the shop gets. */
async function seenByShop(shop: Shop, forwardedFor: string) {
  shop.answerWith((incoming, outgoing) => void outgoing.end(incoming.headers['x-forwarded-for']));
  const answer = await shop.send('GET', '/', { headers: { 'x-forwarded-for': forwardedFor } });
  return answer.body.toString();
}

test('the shop gets the client’s real address, never one that the client claims', async () => {
  expect(await seenByShop(direct, '198.51.100.1')).toBe('127.0.0.1');
  expect(await seenByShop(behindProxy, '203.0.113.9')).toBe('203.0.113.9');
  expect(await seenByShop(behindProxy, '198.51.100.1, 203.0.113.9')).toBe('203.0.113.9');
});

describe('X-Request-Id', () => {
  /** The request id in the answer of each kind of call, and the one that the shop gets. */
  async function idsFrom(shop: Shop, given: string) {
    const headers = { 'x-request-id': given };
    const paths = [
      '/open',
      '/v1/rooms/none/status',
      `/v1/rooms/${shop.room}/status?x`,
      '/healthz',
      '/v1/admin/x',
    ];
    const ids = [];
    for (const path of paths) ids.push((await shop.send('GET', path, { headers })).headers['x-request-id']);
    const request = shop.raw();
    let answer = '';
    request.setEncoding('latin1').on('data', (chunk: string) => {
      answer += chunk;
      if (answer.includes('\r\n\r\n')) request.end();
    });
    const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket';
    request.write(`GET /v1/rooms/x HTTP/1.1\r\nHost: x\r\n${upgrade}\r\nX-Request-Id: ${given}\r\n\r\n`);
    await once(request, 'close');
    ids.push(/x-request-id: (\S+)/i.exec(answer)?.[1]);
    return [...ids, shop.last().headers['x-request-id'] as string];
  }

  test('is new, for any value that a client sends', async () => {
    for (const id of await idsFrom(direct, 'asked-by-a-client')) expect(id).toMatch(/^[\w-]{12}$/);
  });

  test('is accepted from a trusted proxy, if it is well-formed', async () => {
    expect(new Set(await idsFrom(behindProxy, 'asked-by-the-proxy'))).toEqual(
      new Set(['asked-by-the-proxy']),
    );
    for (const id of await idsFrom(behindProxy, 'no"id<at>all')) expect(id).toMatch(/^[\w-]{12}$/);
  });
});
