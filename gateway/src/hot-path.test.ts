import { trustedProxies } from '@shopfast/kit/client-address';
import { createLifecycle, type Lifecycle } from '@shopfast/kit/lifecycle';
import { type Call, openBothWays } from '@shopfast/kit/node-http-bypass.fixture';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createHotPathHandlers, createHttpBypass } from './hot-path.ts';
import { openTestGateway, type TestGateway } from './testing/gateway.ts';

const JOIN_BURST = 5;
/** Times and ids that differ between answers. */
const VARYING = {
  body: /"(updated_at|ticket|instance|request_id)":"[^"]*"|"(number|ahead|poll_after_ms)":\d+/g,
  headers: ['etag', 'set-cookie', 'retry-after', 'ratelimit'],
};

let it: TestGateway;
let lifecycle: Lifecycle;
let url: string;
let taken: string[];
let bothWays: Awaited<ReturnType<typeof openBothWays>>['bothWays'];
beforeAll(async () => {
  it = await openTestGateway(
    { databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') },
    {
      trustedProxies: trustedProxies('127.0.0.0/8'),
      ...{ joinBurst: JOIN_BURST, joinsPerSecond: 0, adminCallsPerSecond: 0 },
    },
  );
  lifecycle = createLifecycle();
  const bypass = createHttpBypass(createHotPathHandlers(it.gateway, lifecycle));
  const parts = { fetch: it.app.fetch as never, bypass, varying: VARYING };
  ({ url, taken, bothWays } = await openBothWays(parts, lifecycle));
});
afterAll(async () => {
  await lifecycle.close();
  await it.close();
});

describe('the bypass answers like the framework', () => {
  const JSON_BODY = { 'content-type': 'application/json' };

  test.each<[string, number, string, Call]>([
    ['a status', 200, '/status', {}],
    ['a join', 201, '/tickets', { method: 'POST' }],
    ['a join with a body', 201, '/tickets', { method: 'POST', headers: JSON_BODY, body: '{"locale":"de"}' }],
    ['a wrong body', 422, '/tickets', { method: 'POST', headers: JSON_BODY, body: '{"email":1}' }],
    ['no JSON', 400, '/tickets', { method: 'POST', headers: JSON_BODY, body: '{' }],
    ['too large a body', 413, '/tickets', { method: 'POST', headers: JSON_BODY, body: 'x'.repeat(5_000) }],
    ['a status request without a ticket', 401, '/tickets/me', {}],
    [
      'a status request with a forged ticket',
      404,
      '/tickets/me',
      { headers: { authorization: 'Bearer tkt_x.y' } },
    ],
  ])('%s: %i', async (_, status, path, call) => {
    const room = await it.openRoom();
    const { bypassed, framework } = await bothWays(`/v1/rooms/${room}${path}`, call);
    expect(bypassed.status).toBe(status);
    expect(bypassed).toEqual(framework);
  });

  test('a status request, by header and by cookie', async () => {
    const room = await it.openRoom();
    // Paused, so that nobody is called between the two answers.
    await it.admin('POST', `/rooms/${room}/pause`);
    const { body } = await it.send('POST', `/v1/rooms/${room}/tickets`);
    const path = `/v1/rooms/${room}/tickets/me`;
    for (const headers of [
      { authorization: `Bearer ${body.ticket}` },
      { cookie: `a=b; __Host-ticket_${room}=${body.ticket}` },
    ]) {
      const { bypassed, framework } = await bothWays(path, { headers });
      expect(bypassed.status).toBe(200);
      expect(bypassed).toEqual(framework);
    }
  });

  test('an unknown room, a rehearsal room, and its pass', async () => {
    const hidden = await it.openRoom({ rehearsal: true });
    const { pass } = (await it.admin('GET', `/rooms/${hidden}/rehearsal-pass`)).body;
    const asked: [string, number, Call][] = [
      ['nowhere', 404, {}],
      [hidden, 404, {}],
      [hidden, 200, { headers: { 'x-rehearsal': pass } }],
    ];
    for (const [room, status, call] of asked) {
      const { bypassed, framework } = await bothWays(`/v1/rooms/${room}/status`, call);
      expect(bypassed.status).toBe(status);
      expect(bypassed).toEqual(framework);
    }
  });

  test('a join beyond the budget of its address, with the budget in the headers', async () => {
    const room = await it.openRoom();
    const call = { method: 'POST', headers: { 'x-forwarded-for': '203.0.113.9' } };
    const path = `/v1/rooms/${room}/tickets`;
    for (let taken = 0; taken < 3 * JOIN_BURST; taken += 1) await fetch(url + path, call);
    const { bypassed, framework } = await bothWays(path, call);
    expect(bypassed.status).toBe(429);
    expect(bypassed.values['ratelimit-policy']).toBe(`"joins";q=${JOIN_BURST};w=60`);
    expect(bypassed).toEqual(framework);
  });
});

test('an unchanged status is answered with 304 by the bypass too', async () => {
  const room = await it.openRoom({ admissions_per_minute: 1 });
  await it.admin('POST', `/rooms/${room}/close`);
  const path = `${url}/v1/rooms/${room}/status`;
  let status = 0;
  for (let tries = 0; tries < 20 && status !== 304; tries += 1) {
    const etag = (await fetch(path)).headers.get('etag') as string;
    status = (await fetch(path, { headers: { 'if-none-match': etag } })).status;
  }
  expect(status).toBe(304);
});

test('the request id of a trusted proxy is returned', async () => {
  const room = await it.openRoom();
  const answer = await fetch(`${url}/v1/rooms/${room}/status`, {
    headers: { 'x-request-id': 'asked-by-me' },
  });
  expect(answer.headers.get('x-request-id')).toBe('asked-by-me');
});

test('the bypass ignores all other forms of the address', async () => {
  const room = await it.openRoom();
  const path = `/v1/rooms/${room}/status`;
  taken.length = 0;
  expect((await fetch(`${url}/v1/rooms/__proto__/status`)).status).toBe(404);
  expect((await fetch(`${url}/v1/rooms/${room}%20/status`)).status).toBe(404);
  expect((await fetch(url + path, { method: 'DELETE' })).status).toBe(404);
  const many = Object.fromEntries(Array.from({ length: 120 }, (_, at) => [`x-${at}`, '1']));
  expect((await fetch(url + path, { headers: many })).status).toBe(431);
  expect(taken).toEqual([]);
});
