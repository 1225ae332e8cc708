import { listen } from '@shopfast/kit/http';
import { createLifecycle, type Lifecycle } from '@shopfast/kit/lifecycle';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openTestGateway, type TestGateway } from '../testing/gateway.ts';
import { createSharedStatus } from './status.ts';
import { createStatusLane } from './status-lane.ts';

let it: TestGateway;
let lifecycle: Lifecycle;
let url: string;
let taken: string[];
beforeAll(async () => {
  it = await openTestGateway({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') });
  lifecycle = createLifecycle();
  taken = [];
  const lane = createStatusLane(it.gateway, createSharedStatus(it.gateway));
  const { port } = await listen({
    fetch: it.app.fetch as never,
    fastLane: (incoming, outgoing) => {
      const isTaken = lane(incoming, outgoing);
      if (isTaken) taken.push(incoming.url as string);
      return isTaken;
    },
    port: 0,
    host: '127.0.0.1',
    lifecycle,
  });
  url = `http://127.0.0.1:${port}`;
});
afterAll(async () => {
  await lifecycle.close();
  await it.close();
});

const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(`${url}${path}`, { method, headers });
const seenIn = async (answer: Response) => {
  const { updated_at, ...document } = (await answer.json()) as Record<string, unknown>;
  expect(updated_at).toEqual(expect.any(String));
  return { status: answer.status, document, cacheControl: answer.headers.get('cache-control') };
};

test('the fast lane says what the whole way says', async () => {
  const room = await it.openRoom();
  const path = `/v1/rooms/${room}/status`;
  const fast = await ask(path, { 'x-request-id': 'asked-by-me' });
  const whole = await ask(`${path}?whole`);
  expect(taken).toEqual([path]);
  expect(fast.headers.get('x-request-id')).toBe('asked-by-me');
  expect(fast.headers.get('etag')).toMatch(/^"[\w-]{27}"$/);
  expect([...fast.headers.keys()].sort()).toEqual([...whole.headers.keys()].sort());
  expect(await seenIn(fast)).toEqual(await seenIn(whole));
});

test('the fast lane keeps out of all that is not a plain question about a visible room', async () => {
  const room = await it.openRoom();
  const hidden = await it.openRoom({ rehearsal: true });
  const path = `/v1/rooms/${room}/status`;
  taken = [];
  expect((await ask(`/v1/rooms/${hidden}/status`)).status).toBe(404);
  expect((await ask('/v1/rooms/nowhere/status')).status).toBe(404);
  expect((await ask('/v1/rooms/__proto__/status')).status).toBe(404);
  expect((await ask(path, {}, 'DELETE')).status).toBe(404);
  const { pass } = (await it.admin('GET', `/rooms/${hidden}/rehearsal-pass`)).body;
  expect((await ask(`/v1/rooms/${hidden}/status`, { 'x-rehearsal': pass })).status).toBe(200);
  const many = Object.fromEntries(Array.from({ length: 120 }, (_, at) => [`x-${at}`, '1']));
  expect((await ask(path, many)).status).toBe(431);
  expect(taken).toEqual([]);
});
