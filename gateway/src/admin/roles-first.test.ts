import type { ApiDocument } from '@shopfast/kit/api-document/document';
import { wrongAdminRequests } from '@shopfast/kit/testing/admin-calls';
import { documentedCalls } from '@shopfast/kit/testing/documented-calls';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openTestGateway, type TestGateway } from '../testing/gateway.ts';

let it: TestGateway;
beforeAll(async () => {
  it = await openTestGateway(
    { databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') },
    { adminCallsPerSecond: 0 },
  );
});
afterAll(() => it.close());

const ask = async (
  key: string | null,
  {
    method,
    path,
    headers,
    body,
  }: { method: string; path: string; headers?: Record<string, string>; body?: string },
) => {
  const answer = await it.app.request(path, {
    method,
    headers: { ...headers, ...(key ? { authorization: `Bearer ${key}` } : {}) },
    ...(body === undefined || method === 'GET' ? {} : { body }),
  });
  return `${answer.status} ${((await answer.json()) as { code?: string }).code}`;
};

test('a viewer is refused before the request is read, on every call that changes something', {
  timeout: 0,
}, async () => {
  const { key } = (await it.admin('POST', '/keys', { name: 'v', role: 'viewer' })).body;
  let asked = 0;
  for (const request of wrongAdminRequests(documentedCalls(it.ownCalls()))) {
    asked += 1;
    expect(`${request.what}: ${await ask(key, request)}`).toBe(`${request.what}: 403 role_forbidden`);
    expect(`${request.what}: ${await ask(null, request)}`).toBe(`${request.what}: 401 key_missing`);
  }
  expect(asked).toBeGreaterThan(100);
});

test('every documented admin call requires a key, and owners’ calls require an owner', async () => {
  const { key } = (await it.admin('POST', '/keys', { name: 'o', role: 'operator' })).body;
  // Also the calls of the services behind it: the gateway checks their keys.
  const all = documentedCalls((await it.send('GET', '/openapi.json')).body as ApiDocument);
  for (const call of all) {
    if (!call.isAdmin) continue;
    const path = call.path.replaceAll(/\{\w+\}/g, 'nowhere');
    expect(await ask(null, { method: call.method, path }), call.id).toBe('401 key_missing');
  }
  for (const [method, path] of [
    ['POST', '/v1/admin/keys'],
    ['GET', '/v1/admin/keys'],
    ['DELETE', '/v1/admin/keys/x'],
    ['DELETE', '/v1/admin/rooms/x'],
    ['POST', '/v1/admin/rooms/x/reset'],
    ['POST', '/v1/admin/signing-keys/rotate'],
    ['POST', '/v1/admin/webhooks'],
    ['DELETE', '/v1/admin/webhooks/x'],
  ] as const)
    expect(await ask(key, { method, path }), `${method} ${path}`).toBe('403 role_forbidden');
});

test('every admin call that the application answers is described', () => {
  const described = documentedCalls(it.ownCalls()).map(
    ({ method, path }) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`,
  );
  const STEPS = ['open', 'pause', 'resume', 'drain', 'close', 'reset'];
  /** One route answers every step of a room; each step is described for itself. */
  const plain = (path: string) => {
    const one = path.replace(/\/$/, '').replace(/(:\w+)\{[^}]*\}/g, '$1');
    return one.endsWith('/:step') ? STEPS.map((step) => one.replace(':step', step)) : [one];
  };
  const answered = it
    .routes()
    .filter(({ path, method }) => path.startsWith('/v1/admin') && method !== 'ALL')
    .flatMap(({ path, method }) => plain(path).map((one) => `${method} ${one}`));
  expect(answered.length).toBeGreaterThan(30);
  expect(answered.filter((call) => !described.includes(call))).toEqual([]);
});
