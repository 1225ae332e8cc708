import { connect } from 'node:net';
import { Hono } from 'hono';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type HttpEnv, installBasics, listen } from './http.ts';
import { createLifecycle } from './lifecycle.ts';
import { createLog } from './log.ts';
import { MAX_HEADERS } from './wire-limits.ts';

const lifecycle = createLifecycle();
let port: number;
/** A server with a short limit for headers and a long one for bodies. */
let slowBodiesPort: number;
let served = 0;
const lines: string[] = [];
beforeAll(async () => {
  const app = new Hono<HttpEnv>();
  const write = (line: string) => void lines.push(line);
  installBasics(app, { log: createLog('test', 'error', { write }) });
  app.all('/', async (c) => {
    served += 1;
    return c.text(`${(await c.req.text()).length} ${c.req.header('x-last') ?? ''}`);
  });
  const serve = async (headersMs: number, requestMs: number) => {
    const timeouts = { headersMs, requestMs, checkEveryMs: 50 };
    return listen({ fetch: app.fetch as never, port: 0, host: '127.0.0.1', lifecycle, timeouts });
  };
  ({ port } = await serve(300, 600));
  slowBodiesPort = (await serve(300, 600_000)).port;
});
afterAll(() => lifecycle.close());

/** Writes the parts to a real socket, one after the other, and reads until the server closes. */
function sendTo(port: number, parts: string[]): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    socket.on('data', (data) => {
      text += data;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve({ status: Number(text.split(' ')[1]), text }));
    for (const part of parts) socket.write(part);
  });
}

const send = (...parts: string[]) => sendTo(port, parts);
const head = (headers: string[]) => `POST / HTTP/1.1\r\nHost: x\r\n${headers.join('\r\n')}\r\n`;
const CLOSE = 'Connection: close';
const numbered = (count: number) => Array.from({ length: count }, (_, index) => `X-${index}: y`);

test('HTTP/1.0 without a Host, such as a health check of HAProxy, is served; HTTP/1.1 needs one', async () => {
  expect((await send('POST / HTTP/1.0\r\nContent-Length: 0\r\n\r\n')).status).toBe(200);
  expect((await send('POST / HTTP/1.1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')).status).toBe(400);
});

test('headers of more than 16 kB are refused as a problem', async () => {
  const { status, text } = await send(head([`X-Large: ${'y'.repeat(17_000)}`, CLOSE]), '\r\n');
  expect(status).toBe(431);
  expect(text).toContain('application/problem+json');
  expect(text).toContain('"code":"headers_too_large"');
  expect((await send(head([`X-Large: ${'y'.repeat(15_000)}`, CLOSE]), '\r\n')).status).toBe(200);
});

test('more than a hundred headers are refused instead of truncated', async () => {
  const most = numbered(MAX_HEADERS - 3);
  const good = await send(head([...most, 'X-Last: seen', CLOSE]), '\r\n');
  expect(good.status).toBe(200);
  expect(good.text).toContain('0 seen');
  const before = served;
  const { status, text } = await send(head([...most, 'X-One-More: y', 'X-Last: seen', CLOSE]), '\r\n');
  expect(status).toBe(431);
  expect(text).toContain('"code":"headers_too_large"');
  expect((await send(head([...numbered(900), CLOSE]), '\r\n')).status).toBe(431);
  expect(served).toBe(before);
});

test.each([
  ['that never ends its headers', [head(['X-Slow: y'])]],
  ['that never ends its body', [head(['Content-Length: 1000']), '\r\nabc']],
  ['that never begins', []],
])('a request %s ends with 408 when its time is over', async (_, parts) => {
  const { status, text } = await send(...parts);
  expect(status).toBe(408);
  expect(text).toContain('"code":"request_timeout"');
  // Slow requests are the client's doing. They must not fill our log with errors.
  expect(lines).toEqual([]);
});

test.each([
  ['that never ends its headers', [head(['X-Slow: y'])]],
  ['that never begins', []],
])('a request %s has only the time for headers, not that for a body', async (_, parts) => {
  expect((await sendTo(slowBodiesPort, parts)).status).toBe(408);
});

test('a request that is not HTTP is refused with a problem', async () => {
  const { status, text } = await send('hello\r\n\r\n');
  expect(status).toBe(400);
  expect(text).toContain('"code":"malformed_request"');
});

test.each([
  ['two hosts', 'GET / HTTP/1.1\r\nHost: x\r\nhost: y\r\n\r\n'],
  ['a URL with another host', 'GET http://127.0.0.1:6379/ HTTP/1.1\r\nHost: x\r\n\r\n'],
  ['a target that is not a URL', 'GET evil HTTP/1.1\r\nHost: x\r\n\r\n'],
  ['a chunked body in HTTP/1.0', 'POST / HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
])('an ambiguous head is refused, and the connection is closed: %s', async (_, text) => {
  const before = served;
  const smuggled = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n';
  const answer = await send(text + smuggled);
  expect(answer.status).toBe(400);
  expect(answer.text.match(/HTTP\/1\.1 /g)).toHaveLength(1);
  expect(served).toBe(before);
});

test.each(['http://x/', 'http://X:80/'])(
  'a URL with its own host is accepted like a path: %s',
  async (target) => {
    expect((await send(`GET ${target} HTTP/1.1\r\nHost: x\r\n${CLOSE}\r\n\r\n`)).status).toBe(200);
  },
);
