import { createLog } from '@shopfast/kit/log';
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { createApp } from './app.ts';

const log = createLog('workers-test', 'silent');
const appWith = (checks: Record<string, () => Promise<unknown>>) => {
  return createApp({ checks, admin: new Hono(), log });
};

test('is ready when all its dependencies answer', async () => {
  const app = appWith({ postgres: async () => 1, redis: async () => 'PONG' });
  expect((await app.request('/readyz')).status).toBe(200);
});

test('is not ready while a dependency is unavailable, names it, and is still alive', async () => {
  const app = appWith({ postgres: async () => 1, redis: () => Promise.reject(new Error('refused')) });
  const answer = await app.request('/readyz');
  expect(answer.status).toBe(503);
  expect(answer.headers.get('retry-after')).toBe('2');
  expect(await answer.json()).toMatchObject({ code: 'unavailable', detail: 'No answer from: redis.' });
  expect((await app.request('/healthz')).status).toBe(200);
});

test('does not wait for a dependency that never answers', async () => {
  const app = appWith({ postgres: () => new Promise(() => {}) });
  expect((await app.request('/readyz')).status).toBe(503);
});

test('does not serve its metrics here: they have their own port', async () => {
  expect((await appWith({}).request('/metrics')).status).toBe(404);
});
