import { type HttpEnv, listen } from '@shopfast/kit/http';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { Hono } from 'hono';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { trustedProxies } from '../limits/client-address.ts';
import { createLimits } from '../limits/limits.ts';
import { proxyTo } from './proxy.ts';

const lifecycle = createLifecycle();
const open = { joinBurst: 0, joinsPerSecond: 0, adminCallsPerSecond: 0 };
let urls: { direct: string; behindProxy: string };
beforeAll(async () => {
  const start = async (app: Hono<HttpEnv>) => {
    const { port } = await listen({ fetch: app.fetch as never, port: 0, host: '127.0.0.1', lifecycle });
    return `http://127.0.0.1:${port}`;
  };
  const shop = await start(new Hono<HttpEnv>().get('/', (c) => c.json(c.req.header())));
  const gateway = (trusted: string) => {
    const { addressOf } = createLimits(
      { ...open, trustedProxies: trustedProxies(trusted) },
      { now: Date.now },
    );
    return start(new Hono<HttpEnv>().all('/', proxyTo(shop, lifecycle, addressOf)));
  };
  urls = { direct: await gateway(''), behindProxy: await gateway('127.0.0.1') };
});
afterAll(() => lifecycle.close());

const seenByShop = async (url: string, forwardedFor: string) => {
  const answer = await fetch(url, { headers: { 'x-forwarded-for': forwardedFor } });
  return ((await answer.json()) as Record<string, string>)['x-forwarded-for'];
};

test('the shop is told the client’s address, never what a client says of itself', async () => {
  expect(await seenByShop(urls.direct, '198.51.100.1')).toBe('127.0.0.1');
  expect(await seenByShop(urls.behindProxy, '203.0.113.9')).toBe('203.0.113.9');
  expect(await seenByShop(urls.behindProxy, '198.51.100.1, 203.0.113.9')).toBe('203.0.113.9');
});
