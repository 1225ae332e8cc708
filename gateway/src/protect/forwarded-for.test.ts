import { trustedProxies } from '@shopfast/kit/client-address';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openShop, type Shop } from './shop.fixture.ts';

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

/** What the shop is told of where a request came from. */
async function seenByShop(shop: Shop, forwardedFor: string) {
  shop.answerWith((incoming, outgoing) => void outgoing.end(incoming.headers['x-forwarded-for']));
  const answer = await shop.send('GET', '/', { headers: { 'x-forwarded-for': forwardedFor } });
  return answer.body.toString();
}

test('the shop is told the client’s address, never what a client says of itself', async () => {
  expect(await seenByShop(direct, '198.51.100.1')).toBe('127.0.0.1');
  expect(await seenByShop(behindProxy, '203.0.113.9')).toBe('203.0.113.9');
  expect(await seenByShop(behindProxy, '198.51.100.1, 203.0.113.9')).toBe('203.0.113.9');
});
