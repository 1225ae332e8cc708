import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { ask, retryAfter } from './ask.ts';
import { backoff } from './backoff.ts';
import { createServerClock } from './server-clock.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function serving(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => new Promise((resolve) => server.close(() => resolve())));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const clock = () => createServerClock(Date.now);

test('a refusal is read from its problem+json, with Retry-After', async () => {
  const url = await serving((_, response) => {
    response.writeHead(503, {
      'Content-Type': 'application/problem+json',
      'Retry-After': '3',
      Connection: 'close',
    });
    response.end('{"code":"overloaded","title":"Busy right now","detail":"x","status":503}');
  });
  expect(await ask(clock(), url)).toEqual({
    kind: 'refused',
    refusal: { status: 503, code: 'overloaded', title: 'Busy right now', detail: 'x', retryAfterMs: 3_000 },
  });
});

test('a refusal that is not ours is known by its status only', async () => {
  const url = await serving((_, response) => {
    response.writeHead(502, { Connection: 'close' });
    response.end('<h1>Bad gateway</h1>');
  });
  expect(await ask(clock(), url)).toMatchObject({
    kind: 'refused',
    refusal: { status: 502, code: 'unknown' },
  });
});

test('an answer that is not JSON counts as none: it is a captive portal', async () => {
  const url = await serving((_, response) => {
    response.writeHead(200, { Connection: 'close' });
    response.end('<h1>Welcome to the hotel</h1>');
  });
  expect(await ask(clock(), url)).toEqual({ kind: 'unreachable' });
});

test('a missing server is "unreachable", not an exception', async () => {
  expect(await ask(clock(), 'http://127.0.0.1:1/')).toEqual({ kind: 'unreachable' });
});

test('the clock learns from fresh answers and not from cached ones', async () => {
  const hourAhead = new Date(Date.now() + 3_600_000).toUTCString();
  let headers: Record<string, string> = {};
  const url = await serving((_, response) => {
    response.writeHead(200, { Date: hourAhead, Connection: 'close', ...headers });
    response.end('{}');
  });
  const learning = clock();
  headers = { 'Cache-Control': 'public, max-age=1' };
  await ask(learning, url);
  expect(learning.offset()).toBe(0);
  headers = { 'Cache-Control': 'no-store' };
  await ask(learning, url);
  expect(Math.abs(learning.offset() - 3_600_000)).toBeLessThan(1_500);
});

test('Retry-After is understood in seconds and as a date', () => {
  const now = Date.UTC(2026, 0, 1);
  expect(retryAfter('7', now)).toBe(7_000);
  expect(retryAfter(new Date(now + 9_000).toUTCString(), now)).toBe(9_000);
  expect(retryAfter('soon', now)).toBeNull();
  expect(retryAfter(null, now)).toBeNull();
});

test('a retry is never earlier than requested, half random, and early enough to keep the place', () => {
  expect(backoff(1, 4_000, 0)).toBe(4_000);
  expect(backoff(1, 4_000, 1)).toBe(6_000);
  expect(backoff(1, null, 1)).toBe(2_000);
  expect(backoff(3, null, 1)).toBe(8_000);
  expect(backoff(1_000, null, 1)).toBe(30_000);
});
