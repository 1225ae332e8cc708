import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Hono } from 'hono';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Problem } from './errors.ts';
import { type ClientLimits, type ClientTimeouts, type HttpEnv, installBasics, listen } from './http.ts';
import { createLifecycle } from './lifecycle.ts';
import { createLog } from './log.ts';

const lifecycle = createLifecycle();
const WINDOW_MS = 400;
/** Lets the handler of /held continue reading. */
let readOn = () => {};

const app = new Hono<HttpEnv>();
installBasics(app, { log: createLog('test', 'silent') });
app.post('/', async (c) => c.text(String((await c.req.text()).length)));
app.get('/', (c) => c.text('hello'));
app.post('/unwanted', () => {
  throw new Problem('body_too_large');
});
app.post('/held', async (c) => {
  await new Promise<void>((resolve) => {
    readOn = resolve;
  });
  return c.text(String((await c.req.text()).length));
});

const byAddress: ClientLimits = {
  connectionsPerAddress: 3,
  unfinishedPerAddress: 2,
  peerKey: (address) => address ?? null,
  clientKey: (incoming) => incoming.socket.remoteAddress ?? null,
};
async function serve(timeouts: Partial<ClientTimeouts>, clients?: Partial<ClientLimits>): Promise<number> {
  const { port } = await listen({
    ...{ fetch: app.fetch as never, port: 0, host: '127.0.0.1', lifecycle },
    timeouts: { checkEveryMs: 50, body: { windowMs: WINDOW_MS, bytesPerSecond: 100 }, ...timeouts },
    ...(clients ? { clients: { ...byAddress, ...clients } } : {}),
  });
  return port;
}
let port: number;
beforeAll(async () => {
  port = await serve({});
});
afterAll(() => lifecycle.close());

const post = (path: string, length: number) =>
  `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: ${length}\r\n\r\n`;

/** A connection that records all it receives; `from` is an address of this machine. */
function open(to: number, from = '127.0.0.1') {
  const socket = connect({ port: to, host: '127.0.0.1', localAddress: from });
  let received = '';
  socket.setEncoding('latin1').on('data', (text: string) => {
    received += text;
  });
  socket.on('error', () => {});
  // Not `once`: that rejects on a write after the end.
  const closed = new Promise((resolve) => socket.once('close', resolve));
  return {
    socket,
    status: () => Number(received.split(' ')[1] ?? Number.NaN),
    received: () => received,
    closed: () => closed.then(() => received),
    hears: (what: string) => expect.poll(() => received, { timeout: 20_000, interval: 10 }).toContain(what),
  };
}

/** Sends some bytes every 20 ms until the connection ends or all are sent. */
async function drip(socket: Socket, bytes: number, each: number): Promise<void> {
  for (let sent = 0; sent < bytes && !socket.destroyed; sent += each) {
    socket.write('x'.repeat(Math.min(each, bytes - sent)));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test.each([
  ['stops in the middle', 0],
  // At least 40 ms per byte: 25 bytes a second, even on a busy machine.
  ['arrives too slowly', 1],
])('a body that %s ends with 408', async (_, each) => {
  const slow = open(port);
  slow.socket.write(`${post('/', 100_000)}abc`);
  const dripping = setInterval(() => each > 0 && slow.socket.write('x'), 40);
  expect(await slow.closed()).toContain('"code":"request_timeout"');
  clearInterval(dripping);
  expect(slow.status()).toBe(408);
});

test('a body that keeps its pace takes as long as it takes', async () => {
  const { socket, hears } = open(port);
  const bytes = 200 * 80;
  const started = performance.now();
  socket.write(post('/', bytes));
  await drip(socket, bytes, 200);
  await hears('200 OK');
  expect(performance.now() - started).toBeGreaterThan(3 * WINDOW_MS);
  socket.destroy();
});

test('a body that we do not read does not count as slow', async () => {
  const { socket, hears, received } = open(port);
  const bytes = 4_000_000;
  socket.write(post('/held', bytes));
  socket.write('x'.repeat(bytes));
  const started = performance.now();
  await expect.poll(() => performance.now() - started, { timeout: 20_000 }).toBeGreaterThan(3 * WINDOW_MS);
  expect(received()).toBe('');
  readOn();
  await hears('200 OK');
  await hears(String(bytes));
  socket.destroy();
});

test('a body has a time limit, even if data keeps arriving', async () => {
  const strict = open(await serve({ requestMs: 600 }));
  strict.socket.write(post('/', 1_000_000));
  void drip(strict.socket, 1_000_000, 500);
  expect(await strict.closed()).toContain('"code":"request_timeout"');
});

test('an idle keep-alive connection is closed', async () => {
  const kept = open(await serve({ keepAliveMs: 100 }));
  kept.socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  expect(await kept.closed()).toContain('hello');
});

test('the connections of one address are limited, other addresses are not affected', async () => {
  const limited = await serve({}, {});
  const mine = Array.from({ length: 3 }, () => open(limited, '127.0.0.2'));
  await Promise.all(mine.map(({ socket }) => once(socket, 'connect')));
  expect(await open(limited, '127.0.0.2').closed()).toContain('"code":"rate_limited"');
  const other = open(limited, '127.0.0.3');
  other.socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  await other.hears('hello');
  // Refused requests are not counted. When one ends, another is accepted.
  mine[0]?.socket.destroy();
  await expect
    .poll(
      async () => {
        const next = open(limited, '127.0.0.2');
        next.socket.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
        return next.closed();
      },
      { timeout: 20_000 },
    )
    .toContain('hello');
  for (const { socket } of [...mine, other]) socket.destroy();
});

test('the unfinished requests of one address are limited, other addresses are not affected', async () => {
  const patient = { body: { windowMs: 60_000, bytesPerSecond: 0 } };
  const limited = await serve(patient, { connectionsPerAddress: 0 });
  const halves = Array.from({ length: 2 }, () => open(limited, '127.0.0.2'));
  for (const { socket } of halves) socket.write(`${post('/', 4)}ab`);
  const whole = `${post('/', 4)}abcd`;
  await expect
    .poll(
      async () => {
        const third = open(limited, '127.0.0.2');
        third.socket.write(whole.replace('Host', 'Connection: close\r\nHost'));
        return third.closed();
      },
      { timeout: 20_000 },
    )
    .toContain('"code":"rate_limited"');
  const other = open(limited, '127.0.0.3');
  other.socket.write(whole);
  await other.hears('200 OK');
  halves[0]?.socket.write('cd');
  await halves[0]?.hears('200 OK');
  const next = open(limited, '127.0.0.2');
  next.socket.write(whole);
  await next.hears('200 OK');
  for (const { socket } of [...halves, other, next]) socket.destroy();
});

test('an answer before the end of the body closes the connection, and is complete', async () => {
  const upload = open(port);
  const bytes = 3_000_000;
  upload.socket.write(post('/unwanted', bytes));
  upload.socket.write('x'.repeat(bytes));
  const received = await upload.closed();
  expect(upload.status()).toBe(413);
  expect(received.toLowerCase()).toContain('connection: close');
  expect(received).toContain('"code":"body_too_large"');
});

test('a complete body leaves its connection open', async () => {
  const small = open(port);
  small.socket.write(`${post('/', 4)}abcd`);
  await small.hears('200 OK');
  expect(small.received().toLowerCase()).not.toContain('connection: close');
  small.socket.write(`${post('/', 5)}abcde`);
  await small.hears('\r\n5');
  small.socket.destroy();
});
