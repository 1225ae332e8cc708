import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { Problem } from './errors.ts';
import { type HttpEnv, installBasics } from './http.ts';
import { createLog } from './log.ts';

function appThat(fails: () => never) {
  const app = new Hono<HttpEnv>();
  installBasics(app, { log: createLog('test', 'silent') });
  app.get('/', fails);
  return app;
}

test('an error that nobody expected tells the caller nothing but that, and the request id', async () => {
  const app = appThat(() => {
    throw new Error('password of the database is hunter2');
  });
  const answer = await app.request('/', { headers: { 'x-request-id': 'request-0001' } });
  expect(answer.status).toBe(500);
  expect(answer.headers.get('x-request-id')).toBe('request-0001');
  const text = await answer.text();
  expect(JSON.parse(text)).toMatchObject({ code: 'internal', request_id: 'request-0001' });
  expect(text).not.toContain('hunter2');
});

test('a problem is problem+json with its code; 429 and 503 carry Retry-After', async () => {
  const app = appThat(() => {
    throw new Problem('overloaded', { retryAfterSeconds: 6.2 });
  });
  const answer = await app.request('/');
  expect(answer.status).toBe(503);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(answer.headers.get('retry-after')).toBe('7');
  const plain = appThat(() => {
    throw new Problem('rate_limited');
  });
  expect((await plain.request('/')).headers.get('retry-after')).toBe('2');
});

test('a request id that is not well-formed is replaced, so that nobody writes into our logs', async () => {
  const app = appThat(() => {
    throw new Problem('not_found');
  });
  const answer = await app.request('/', { headers: { 'x-request-id': 'a b\t{"level":50}' } });
  expect(answer.headers.get('x-request-id')).toMatch(/^[\w-]{12}$/);
});
