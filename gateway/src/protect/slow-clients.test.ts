import { once } from 'node:events';
import http from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { json, openShop, type Shop } from '../testing/shop.ts';

const urls = () => ({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') });
const CONNECTIONS = 4;
let shop: Shop;
beforeAll(async () => {
  shop = await openShop(urls(), {
    settings: { max_connections: CONNECTIONS, max_uploads: 2, max_waiting: 1, headers_timeout_ms: 500 },
    limits: { limitsThisMachine: true },
  });
});
afterAll(() => shop.close());

const open: Socket[] = [];
afterEach(() => {
  shop.answerWith((_, outgoing) => void outgoing.end('the shop'));
  for (const socket of open.splice(0)) socket.destroy();
});

/** An incomplete request, sent by hand from an address of this machine. */
function unfinished(path: string, length: number, from = '127.0.0.1', at = shop) {
  const socket = connect({ port: at.port, host: '127.0.0.1', localAddress: from });
  open.push(socket);
  let received = '';
  socket.setEncoding('latin1').on('data', (text: string) => {
    received += text;
  });
  socket.on('error', () => {});
  socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: ${length}\r\n\r\nabc`);
  return { socket, received: () => received };
}

const echoLength = async (incoming: http.IncomingMessage, outgoing: http.ServerResponse) => {
  let bytes = 0;
  try {
    for await (const chunk of incoming) bytes += chunk.length;
  } catch {
    return;
  }
  outgoing.end(String(bytes));
};

/** One request from an address of this machine. */
async function ask(
  method: string,
  path: string,
  from = '127.0.0.1',
  body?: string | Buffer,
): Promise<number> {
  const request = http.request({
    ...{ host: '127.0.0.1', port: shop.port, localAddress: from, method, path, agent: false },
    headers: body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) },
  });
  request.end(body);
  const [answer] = (await once(request, 'response')) as [http.IncomingMessage];
  await answer.resume().toArray();
  return answer.statusCode as number;
}

describe('slow uploads from one client', () => {
  test.each([
    ['small', 1_000],
    ['large', 1_000_000],
  ])('that are %s leave reads, orders and the uploads of others alone', async (_, length) => {
    shop.answerWith(echoLength);
    const slow = Array.from({ length: 70 }, () => unfinished('/', length));
    const count = shop.requests.length;
    // This client may have at most two large bodies there. Both have come as far as they can.
    if (length > 65_536)
      await vi.waitFor(() => expect(shop.requests.length).toBeGreaterThan(count), { timeout: 15_000 });
    const buyer = '127.0.0.2';
    for (let time = 0; time < CONNECTIONS * 2; time += 1) {
      expect(await ask('GET', '/', buyer)).toBe(200);
      expect(await ask('POST', '/', buyer, 'an order')).toBe(200);
    }
    expect(await ask('POST', '/', buyer, Buffer.alloc(200_000))).toBe(200);
    expect(slow.some(({ received }) => received().includes(' 200 '))).toBe(false);
  });

  test('of small bodies take no connection to the shop before they are complete', async () => {
    shop.answerWith(echoLength);
    const count = shop.requests.length;
    const { socket, received } = unfinished('/', 6);
    expect(await ask('GET', '/', '127.0.0.2')).toBe(200);
    expect(shop.requests.length).toBe(count + 1);
    socket.write('def');
    await vi.waitFor(() => expect(received()).toMatch(/^HTTP\/1.1 200 [\s\S]*\r\n6/), { timeout: 15_000 });
    expect(shop.requests.length).toBe(count + 2);
  });
});

test('a chunked body that continues is streamed', async () => {
  shop.answerWith((incoming, outgoing) => {
    incoming.on('data', (chunk) => outgoing.write(chunk)).on('end', () => outgoing.end());
  });
  const request = http.request({ host: '127.0.0.1', port: shop.port, method: 'POST', agent: false });
  request.write('one');
  const [answer] = (await once(request, 'response')) as [http.IncomingMessage];
  expect(String((await once(answer, 'data'))[0])).toBe('one');
  request.write('two');
  expect(String((await once(answer, 'data'))[0])).toBe('two');
  request.end();
  await once(answer.resume(), 'end');
});

test('an upload at the minimum rate may last any time; a slower one ends with 408, and its slot is free', async () => {
  const paced = await openShop(urls(), {
    settings: { body_timeout_ms: 400, max_uploads: 1, max_waiting: 0 },
  });
  paced.answerWith(echoLength);
  const length = 100_000;
  const keeping = unfinished('/', length, '127.0.0.1', paced);
  const started = performance.now();
  for (let sent = 3; sent < length; sent += 2_000) {
    keeping.socket.write('x'.repeat(Math.min(2_000, length - sent)));
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  await vi.waitFor(() => expect(keeping.received()).toMatch(/^HTTP\/1.1 200 [\s\S]*\r\n100000/), {
    timeout: 15_000,
  });
  expect(performance.now() - started).toBeGreaterThan(1_600);

  const slow = unfinished('/', length, '127.0.0.1', paced);
  const dripping = setInterval(() => slow.socket.write('x'), 50);
  // Not `once`: that rejects on a write after the end.
  await new Promise((resolve) => slow.socket.once('close', resolve));
  clearInterval(dripping);
  expect(slow.received()).toMatch(/^HTTP\/1.1 408 /);
  await vi.waitFor(
    async () => {
      const whole = await paced.send('POST', '/', { body: Buffer.alloc(length) });
      expect(whole.status).toBe(200);
    },
    { timeout: 15_000 },
  );
  await paced.close();
});

test('a slow reader has a stream slot, not a read slot', {
  timeout: 60_000,
}, async () => {
  const chunk = Buffer.alloc(1_048_576);
  shop.answerWith(async (incoming, outgoing) => {
    if (incoming.url === '/') return void outgoing.end('quick');
    outgoing.on('error', () => {});
    while (!outgoing.destroyed)
      if (!outgoing.write(chunk)) await Promise.race([once(outgoing, 'drain'), once(outgoing, 'close')]);
  });
  const readers = Array.from({ length: CONNECTIONS }, (_, index) => {
    const socket = connect({ port: shop.port, host: '127.0.0.1', localAddress: `127.0.0.${10 + index}` });
    open.push(socket.pause());
    socket.on('error', () => {});
    socket.write('GET /large HTTP/1.1\r\nHost: x\r\n\r\n');
    return socket;
  });
  await vi.waitFor(async () => expect(await ask('GET', '/')).toBe(200), { timeout: 30_000, interval: 200 });
  expect(readers.every((socket) => !socket.destroyed)).toBe(true);
});

describe('a keep-alive connection that the shop closes at the moment of its next use', () => {
  const each = (header: Record<string, string> = {}) =>
    ['POST', 'PUT', 'DELETE', 'GET'].map((method) => [method, header] as const);

  async function stale(method: string, headers: Record<string, string>) {
    const served = new WeakMap<object, number>();
    shop.answerWith(async (incoming, outgoing) => {
      const times = (served.get(incoming.socket) ?? 0) + 1;
      served.set(incoming.socket, times);
      if (times > 1) return void incoming.socket.resetAndDestroy();
      outgoing.end((await incoming.toArray()).join(''));
    });
    const body = method === 'GET' ? {} : { body: 'order' };
    const length: Record<string, string> = method === 'GET' ? {} : { 'content-length': '5' };
    await vi.waitFor(
      async () => {
        expect((await shop.send(method, '/', { ...body, headers: length })).status).toBe(200);
      },
      { timeout: 15_000 },
    );
    return shop.send(method, '/', { ...body, headers: { ...headers, ...length } });
  }

  test.each(each({ 'idempotency-key': 'k1' }))(
    '%s with a key is retried once, with its body',
    async (method, headers) => {
      const answer = await stale(method, headers);
      expect(answer.status).toBe(200);
      expect(answer.body.toString()).toBe(method === 'GET' ? '' : 'order');
    },
  );

  test('an order without a key is not retried: its outcome is unknown', async () => {
    expect((await stale('POST', {})).status).toBe(502);
  });

  test('a request whose answer had started is not retried', async () => {
    const served = new WeakMap<object, number>();
    shop.answerWith((incoming, outgoing) => {
      const times = (served.get(incoming.socket) ?? 0) + 1;
      served.set(incoming.socket, times);
      if (times === 1) return void outgoing.end('ok');
      incoming.socket.write('HTTP/1.1 200 OK\r\nContent-', () => incoming.socket.resetAndDestroy());
    });
    await shop.send('GET', '/');
    const count = shop.requests.length;
    expect((await shop.send('GET', '/')).status).toBe(502);
    expect(shop.requests.length).toBe(count + 1);
  });
});

test('refused uploads in a loop make no order fail', { timeout: 60_000 }, async () => {
  // Behaves like our checkout did: it answers at once, and closes the connection some time later.
  shop.answerWith((incoming, outgoing) => {
    if (incoming.url === '/sign-in') {
      incoming.pause();
      outgoing.writeHead(413).end('too much');
      setTimeout(() => incoming.socket.destroy(), 5);
    } else void echoLength(incoming, outgoing);
  });
  let isOver = false;
  const large = Buffer.alloc(200_000);
  const refusals = (async () => {
    let count = 0;
    while (!isOver) {
      await shop.send('POST', '/sign-in', { body: large }).catch(() => {});
      count += 1;
    }
    return count;
  })();
  const statuses: number[] = [];
  for (let count = 0; count < 200; count += 1)
    statuses.push(
      (await shop.send('POST', '/', { body: 'order', headers: { 'idempotency-key': `k${count}` } })).status,
    );
  isOver = true;
  expect(await refusals).toBeGreaterThan(5);
  expect(new Set(statuses)).toEqual(new Set([200]));
});

test('an incomplete WebSocket handshake ends, and takes no slot meanwhile', async () => {
  const strict = await openShop(urls(), {
    timeouts: { headersMs: 200, checkEveryMs: 50 },
    settings: { max_streams: 1 },
  });
  const socket = connect(strict.port, '127.0.0.1');
  socket.on('error', () => {}).resume();
  socket.write('GET /live HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-Web');
  await once(socket, 'close');
  expect(strict.requests).toHaveLength(0);
  await strict.close();
});

test('one client is limited to its share of the streams', async () => {
  const shared = await openShop(urls(), {
    settings: { max_streams: 4 },
    limits: { limitsThisMachine: true },
  });
  shared.answerWith((_, outgoing) => {
    outgoing.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('data: 1\n\n');
  });
  const stream = async (from: string) => {
    const request = http.get({ host: '127.0.0.1', port: shared.port, localAddress: from, agent: false });
    request.on('error', () => {});
    const [answer] = (await once(request, 'response')) as [http.IncomingMessage];
    open.push(request.socket as Socket);
    answer.on('error', () => {}).resume();
    return answer.statusCode;
  };
  const greedy = [];
  for (let count = 0; count < 4; count += 1) greedy.push(await stream('127.0.0.2'));
  expect(greedy).toEqual([200, 200, 503, 503]);
  expect([await stream('127.0.0.3'), await stream('127.0.0.4')]).toEqual([200, 200]);
  for (const socket of open.splice(0)) socket.destroy();
  await shared.close();
});

test('a refusal is a problem with Retry-After', async () => {
  shop.answerWith(() => {});
  const waiting = Array.from({ length: CONNECTIONS / 2 + 2 }, () => shop.send('GET', '/'));
  const first = await Promise.race(waiting);
  expect([first.status, json(first).code]).toEqual([503, 'overloaded']);
  expect(first.headers['retry-after']).toBeDefined();
  await Promise.all(waiting);
});
