import { Readable } from 'node:stream';
import { trustedProxies } from '@shopfast/kit/client-address';
import { listen } from '@shopfast/kit/http';
import { createLifecycle, type Lifecycle } from '@shopfast/kit/lifecycle';
import { request } from 'undici';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test, vi } from 'vitest';
import { openTestGateway, type TestGateway } from '../testing/gateway.ts';

const JOIN_BURST = 5;
const JOINS_PER_SECOND = 2;
const PROXY = '10.0.0.1';

let it: TestGateway;
let room: string;
beforeAll(async () => {
  it = await openTestGateway(
    { databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') },
    {
      trustedProxies: trustedProxies('10.0.0.0/8'),
      joinBurst: JOIN_BURST,
      joinsPerSecond: JOINS_PER_SECOND,
      adminCallsPerSecond: 20,
    },
  );
});
afterAll(() => it.close());
beforeEach(async () => {
  room = await it.openRoom({ admissions_per_minute: 1 });
});

let lastHost = 0;
/** An address that no other test has used. */
const fresh = () => `203.0.113.${++lastHost}`;
const join = (from?: string, headers: object = {}) =>
  it.send('POST', `/v1/rooms/${room}/tickets`, { headers, ...(from ? { from } : {}) });
const statuses = async (count: number, from: () => Promise<{ status: number }>) =>
  Promise.all(Array.from({ length: count }, async () => (await from()).status));
const granted = (all: number[]) => all.filter((status) => status < 400).length;

/** The steady joins of one second, or of two when the second changes during the test. */
const inBudget = (count: number) => {
  expect(count).toBeGreaterThanOrEqual(JOIN_BURST + JOINS_PER_SECOND);
  expect(count).toBeLessThanOrEqual(JOIN_BURST + 2 * JOINS_PER_SECOND);
};

describe('joins', () => {
  test('of one address are limited by its budget; another address has its own', async () => {
    const address = fresh();
    const all = await statuses(30, () => join(address));
    inBudget(granted(all));
    expect(all.filter((status) => status === 429).length + granted(all)).toBe(30);
    expect((await join(fresh())).status).toBe(201);
  });

  test('that are refused carry Retry-After and the budget, and write nothing', async () => {
    const address = fresh();
    await statuses(30, () => join(address));
    const before = await it.gateway.redis.hget(`wr:{${room}}:room`, 'issued');
    const refused = await vi.waitFor(
      async () => {
        const answers = [await join(address), await join(address), await join(address)];
        const found = answers.find((answer) => answer.status === 429);
        expect(found).toBeDefined();
        return found as NonNullable<typeof found>;
      },
      { timeout: 15_000 },
    );
    expect(refused.body.code).toBe('rate_limited');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(2);
    expect(refused.headers.get('ratelimit-policy')).toBe(`"joins";q=${JOIN_BURST};w=60`);
    expect(refused.headers.get('ratelimit')).toMatch(/^"joins";r=0;t=([1-9]|[1-5]\d|60)$/);
    expect(refused.headers.get('set-cookie')).toBeNull();
    const after = Number(await it.gateway.redis.hget(`wr:{${room}}:room`, 'issued'));
    expect(after - Number(before)).toBeLessThanOrEqual(2);
  });

  test('of one IPv6 network share a budget, from any of its addresses', async () => {
    let host = 0;
    const all = await statuses(30, () => {
      host += 1;
      return join(`2001:db8:0:7::${host.toString(16)}`);
    });
    inBudget(granted(all));
    expect((await join('2001:db8:0:8::1')).status).toBe(201);
  });

  test('cannot be spread over invented addresses: X-Forwarded-For of an untrusted client is ignored', async () => {
    const address = fresh();
    let hop = 0;
    const all = await statuses(30, () => {
      hop += 1;
      return join(address, { 'x-forwarded-for': `198.51.100.${hop}` });
    });
    inBudget(granted(all));
    const claimsLoopback = await statuses(30, () => join(address, { 'x-forwarded-for': '127.0.0.1' }));
    expect(granted(claimsLoopback)).toBeLessThanOrEqual(2 * JOINS_PER_SECOND);
  });

  test('through a trusted proxy are counted per client, and a spoofed first hop changes nothing', async () => {
    const shoppers = await statuses(30, () => join(PROXY, { 'x-forwarded-for': fresh() }));
    expect(granted(shoppers)).toBe(30);
    const one = fresh();
    let hop = 0;
    const all = await statuses(30, () => {
      hop += 1;
      return join(PROXY, { 'x-forwarded-for': `198.51.100.${hop}, ${one}` });
    });
    inBudget(granted(all));
  });

  test('from this machine are not limited, for load tests and the demo', async () => {
    for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) {
      const all = await statuses(30, () => join(address));
      expect(granted(all)).toBe(30);
    }
  });

  test('of a shopper with a place do not count', async () => {
    const address = fresh();
    const { body } = await join(address);
    await statuses(30, () => join(address));
    const again = await it.send('POST', `/v1/rooms/${room}/tickets`, { bearer: body.ticket, from: address });
    expect(again.status).toBe(200);
  });

  test('and challenges have separate budgets', async () => {
    await it.admin('PATCH', `/rooms/${room}`, { challenge: 'pow' });
    const address = fresh();
    const ask = () => it.send('GET', `/v1/rooms/${room}/challenge`, { from: address });
    inBudget(granted(await statuses(30, ask)));
    expect((await join(address)).body.code).toBe('proof_required');
  });
});

describe('status requests', () => {
  test('far above the poll rate are refused until the window ends, those of other tickets are not', async () => {
    const address = fresh();
    const ticket = (await join()).body.ticket as string;
    const neighbour = (await join()).body.ticket as string;
    const ask = (bearer: string) => it.send('GET', `/v1/rooms/${room}/tickets/me`, { bearer, from: address });
    const all = await statuses(200, () => ask(ticket));
    expect(granted(all)).toBeGreaterThanOrEqual(30);
    expect(granted(all)).toBeLessThanOrEqual(60);
    const refused = await ask(ticket);
    expect([refused.status, refused.body.code]).toEqual([429, 'rate_limited']);
    expect(refused.headers.get('ratelimit-policy')).toBe('"questions";q=30;w=10');
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(10);
    expect((await ask(neighbour)).status).toBe(200);
  });

  test.each([
    ['claims', 'POST', '/tickets/me/claim'],
    ['joins with a live ticket', 'POST', '/tickets'],
    ['leaving', 'DELETE', '/tickets/me'],
  ])('%s count as well', async (_, method, path) => {
    const ticket = (await join()).body.ticket as string;
    const address = fresh();
    const all = await statuses(100, () =>
      it.send(method, `/v1/rooms/${room}${path}`, { bearer: ticket, from: address }),
    );
    expect(all).toContain(429);
  });
});

describe('admin calls', () => {
  const keyOf = async () =>
    (await it.admin('POST', '/keys', { name: `budget ${fresh()}`, role: 'viewer' })).body.key as string;

  test('are limited by a budget for each key, with the rest in the headers', async () => {
    const [busy, other] = [await keyOf(), await keyOf()];
    const list = (bearer: string) => it.send('GET', '/v1/admin/rooms', { bearer });
    const first = await list(busy);
    expect(first.headers.get('ratelimit-policy')).toBe('"admin-calls";q=200;w=10');
    expect(first.headers.get('ratelimit')).toBe('"admin-calls";r=199;t=10');
    const all = await statuses(250, () => list(busy));
    expect(granted(all)).toBe(199);
    const refused = await list(busy);
    expect([refused.status, refused.body.code]).toEqual([429, 'rate_limited']);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(10);
    expect((await list(other)).status).toBe(200);
  });

  test('with invented keys are stopped after thirty, before a query to Postgres; a key in use continues to work', async () => {
    const address = fresh();
    const [inUse, neverSeen] = [await keyOf(), await keyOf()];
    const list = (bearer: string, from: string) => it.send('GET', '/v1/admin/rooms', { bearer, from });
    expect((await list(inUse, address)).status).toBe(200);
    let made = 0;
    const guess = () => {
      made += 1;
      return it.send('GET', '/v1/admin/rooms', { bearer: `adm_${'x'.repeat(30)}${made}`, from: address });
    };
    for (let count = 0; count < 30; count += 1) expect((await guess()).status).toBe(401);
    expect((await guess()).status).toBe(429);
    // A look-up would have found this key good.
    expect((await list(neverSeen, address)).status).toBe(429);
    // Also when it must be looked up again, six seconds later.
    const { clock } = it.gateway;
    it.gateway.clock = { now: () => clock.now() + 6_000 };
    expect((await list(inUse, address)).status).toBe(200);
    it.gateway.clock = clock;
    expect((await list(neverSeen, fresh())).status).toBe(200);
  });
});

describe('over a real socket', () => {
  let lifecycle: Lifecycle;
  let url: string;
  beforeAll(async () => {
    lifecycle = createLifecycle();
    const { port } = await listen({ fetch: it.app.fetch as never, port: 0, host: '127.0.0.1', lifecycle });
    url = `http://127.0.0.1:${port}`;
  });
  afterAll(() => lifecycle.close());

  const post = async (path: string, body: string | Readable, headers: Record<string, string> = {}) => {
    const answer = await request(url + path, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    });
    return { status: answer.statusCode, body: (await answer.body.json()) as { code: string } };
  };
  const ofBytes = (bytes: number) => JSON.stringify({ locale: 'x'.repeat(bytes - '{"locale":""}'.length) });

  test('a join of more than 4 kB is refused, with and without a declared length', async () => {
    const path = `/v1/rooms/${room}/tickets`;
    expect((await post(path, ofBytes(4_097))).body.code).toBe('body_too_large');
    expect((await post(path, Readable.from([ofBytes(2_000), ofBytes(3_000)]))).body.code).toBe(
      'body_too_large',
    );
    expect((await post(path, ofBytes(4_096))).body.code).toBe('invalid_request');
    expect((await post(path, '{}')).status).toBe(201);
  });

  test('an admin call of more than 64 kB is refused, with and without a declared length', async () => {
    const headers = { authorization: `Bearer ${it.ownerKey}` };
    const path = '/v1/admin/rooms';
    expect((await post(path, ofBytes(65_537), headers)).body.code).toBe('body_too_large');
    const stream = Readable.from([ofBytes(40_000), ofBytes(40_000)]);
    expect((await post(path, stream, headers)).body.code).toBe('body_too_large');
    expect((await post(path, ofBytes(65_536), headers)).body.code).toBe('invalid_request');
  });

  test('a real connection has a loopback address, and is not limited', async () => {
    const all = await statuses(30, () => post(`/v1/rooms/${room}/tickets`, '{}'));
    expect(granted(all)).toBe(30);
  });
});
