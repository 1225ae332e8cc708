import { once } from 'node:events';
import http from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { json, openShop, type Shop } from '../testing/shop.ts';

const urls = () => ({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') });
let shop: Shop;
beforeAll(async () => {
  shop = await openShop(urls(), {
    settings: {
      headers_timeout_ms: 300,
      body_timeout_ms: 400,
      stream_timeout_ms: 5_000,
      connect_timeout_ms: 300,
      max_connections: 4,
      max_waiting: 2,
      max_streams: 2,
    },
  });
});
afterAll(() => shop.close());
afterEach(() => shop.answerWith((_, outgoing) => void outgoing.end('the shop')));

const MB = 1_048_576;
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Everything that arrives on a raw connection until the gateway closes it. */
async function exchangeRaw(text: string): Promise<string> {
  const socket = shop.raw();
  let answer = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    answer += chunk;
  });
  socket.write(text);
  await once(socket, 'close');
  return answer;
}

/** Starts a request by hand, to be read or aborted later. */
async function begin(method: string, path: string, headers: Record<string, string> = {}, at = shop) {
  const request = http.request({ host: '127.0.0.1', port: at.port, method, path, headers });
  request.on('error', () => {});
  request.flushHeaders();
  const answered = once(request, 'response').then(([answer]) => answer as http.IncomingMessage);
  answered.catch(() => {});
  return { request, answered };
}

describe('headers', () => {
  test('of one connection, also those that Connection names, are not forwarded, in either direction', async () => {
    shop.answerWith((_, outgoing) => {
      outgoing.writeHead(200, [
        ...['Connection', 'close, X-Between', 'X-Between', '1', 'Keep-Alive', 'timeout=1'],
        ...['Proxy-Authenticate', 'Basic', 'Upgrade', 'h2c', 'X-End', '1'],
      ]);
      outgoing.end('ok');
    });
    const answer = await shop.send('GET', '/', {
      headers: {
        connection: 'keep-alive, X-Secret',
        'x-secret': '1',
        'x-kept': '1',
        'keep-alive': 'timeout=9',
        te: 'trailers',
        'proxy-authorization': 'Basic eDp5',
        'proxy-connection': 'keep-alive',
        upgrade: 'h2c',
      },
    });
    const reached = shop.last().headers;
    expect(reached['x-kept']).toBe('1');
    for (const name of ['x-secret', 'te', 'upgrade', 'proxy-authorization', 'proxy-connection'])
      expect(reached[name]).toBeUndefined();
    expect(reached.connection).toBe('keep-alive');
    expect(reached['keep-alive']).toBeUndefined();
    expect(answer.headers['x-end']).toBe('1');
    for (const name of ['x-between', 'proxy-authenticate', 'upgrade'])
      expect(answer.headers[name]).toBeUndefined();
    expect(answer.headers['keep-alive']).not.toBe('timeout=1');
  });

  test('about the client’s address are set by us, in spite of any client header in any spelling', async () => {
    await shop.send('GET', '/', {
      headers: {
        host: 'shop.example',
        'x-forwarded-for': '6.6.6.6',
        X_Forwarded_For: '6.6.6.6',
        'x-forwarded-proto': 'gopher',
        'x-forwarded-prefix': '/evil',
        forwarded: 'for=6.6.6.6',
        'x-real-ip': '6.6.6.6',
        'waitroom-reservation': 'forged',
        Waitroom_Room: 'forged',
        'x-request-id': 'forged-request-1',
      },
    });
    const { rawHeaders, headers } = shop.last();
    expect(rawHeaders.join()).not.toMatch(/6\.6\.6\.6|gopher|evil|forged/);
    expect(headers).toMatchObject({
      host: new URL(shop.upstreamUrl).host,
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-host': 'shop.example',
      'x-forwarded-proto': 'http',
      forwarded: 'for=127.0.0.1;host="shop.example";proto=http',
    });
  });

  test('arrive as they were sent: repeated ones stay repeated, Set-Cookie above all', async () => {
    shop.answerWith((_, outgoing) => {
      outgoing.writeHead(200, [
        'Set-Cookie',
        'a=1; Path=/',
        'Set-Cookie',
        'b=2',
        'X-Twice',
        '1',
        'X-Twice',
        '2',
      ]);
      outgoing.end();
    });
    const answer = await shop.send('GET', '/', { headers: { 'x-many': ['1', '2'] } });
    expect(answer.headers['set-cookie']).toEqual(['a=1; Path=/', 'b=2']);
    expect(answer.raw.filter((name) => name === 'X-Twice')).toHaveLength(2);
    expect(shop.last().headersDistinct['x-many']).toEqual(['1', '2']);
  });

  test('contain the request id once, the same that the upstream got', async () => {
    shop.answerWith((_, outgoing) => void outgoing.setHeader('X-Request-Id', 'not-this-one').end());
    const answer = await shop.send('GET', '/');
    expect(answer.headers['x-request-id']).toMatch(/^[\w-]{12}$/);
    expect(answer.headers['x-request-id']).toBe(shop.last().headers['x-request-id']);
  });

  test("an upstream's redirect to its own address leads to ours; one to elsewhere stays", async () => {
    const redirected = async (location: string) => {
      shop.answerWith((_, outgoing) => void outgoing.writeHead(302, { location }).end());
      return (await shop.send('GET', '/')).headers.location;
    };
    expect(await redirected(`${shop.upstreamUrl}/cart?x=1#y`)).toBe('/cart?x=1#y');
    expect(await redirected(`${shop.upstreamUrl}//evil.example`)).toBe('/evil.example');
    expect(await redirected('https://bank.example/pay')).toBe('https://bank.example/pay');
    expect(await redirected('/cart')).toBe('/cart');
  });
});

describe('credentials', () => {
  test('of the waiting room are kept from a foreign upstream, and passed to our own', async () => {
    const { cookie, token } = await shop.admitted();
    const headers = {
      cookie: `${cookie}; session=1`,
      authorization: `Bearer ${token}`,
      'x-binding': cookie.match(/__Host-bind_[^=]+=([^;]+)/)?.[1] as string,
    };
    expect((await shop.send('GET', '/checkout', { headers })).status).toBe(200);
    expect(shop.last().headers.cookie).toBe('session=1');
    expect(shop.last().headers.authorization).toBeUndefined();
    expect(shop.last().headers['x-binding']).toBeUndefined();
    expect(shop.last().rawHeaders.join()).not.toMatch(/tkt_|bnd_|eyJ/);

    await shop.send('GET', '/open', { headers });
    expect(shop.last().rawHeaders.join()).not.toMatch(/tkt_|bnd_|eyJ/);
    await shop.send('GET', '/open', { headers: { authorization: 'Bearer tkt_x', cookie } });
    expect(shop.last().headers.authorization).toBeUndefined();
    expect(shop.last().headers.cookie).toBeUndefined();

    await shop.send('GET', '/own', { headers });
    const { authorization, 'x-binding': binding } = headers;
    expect(shop.last().headers).toMatchObject({ authorization, 'x-binding': binding });
    expect(shop.last().headers.cookie).toBe(`__Host-bind_${shop.room}=${binding}; session=1`);
  });
});

describe('answers', () => {
  test('without a body: HEAD, 204, 304', async () => {
    shop.answerWith((incoming, outgoing) => {
      const status = Number(new URL(incoming.url as string, 'http://x').searchParams.get('status') ?? 200);
      outgoing.writeHead(status, { ETag: '"1"', ...(status === 200 ? { 'Content-Length': '7' } : {}) });
      outgoing.end(status === 200 ? 'content' : undefined);
    });
    const head = await shop.send('HEAD', '/');
    expect(shop.last().method).toBe('HEAD');
    expect(head).toMatchObject({ status: 200, headers: { 'content-length': '7', etag: '"1"' } });
    expect(head.body.length).toBe(0);
    for (const status of [204, 304]) {
      const answer = await shop.send('GET', `/?status=${status}`);
      expect(answer).toMatchObject({ status, headers: { etag: '"1"' } });
      expect(answer.body.length).toBe(0);
    }
  });

  test('that are compressed pass unchanged', async () => {
    const zipped = gzipSync('content'.repeat(100));
    shop.answerWith(
      (_, outgoing) => void outgoing.writeHead(200, { 'Content-Encoding': 'gzip' }).end(zipped),
    );
    const answer = await shop.send('GET', '/', { headers: { 'accept-encoding': 'gzip' } });
    expect(shop.last().headers['accept-encoding']).toBe('gzip');
    expect(answer.headers['content-encoding']).toBe('gzip');
    expect(answer.body.equals(zipped)).toBe(true);
  });

  test('that are interim (103) arrive before the final one', async () => {
    shop.answerWith((_, outgoing) => {
      outgoing.writeEarlyHints({ link: '</style.css>; rel=preload; as=style' });
      outgoing.end('page');
    });
    const answer = await exchangeRaw('GET / HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n');
    expect(answer).toMatch(
      /^HTTP\/1\.1 103 Early Hints\r\nlink: <\/style.css>; rel=preload; as=style\r\n\r\n/i,
    );
    expect(answer).toMatch(/HTTP\/1\.1 200 OK[\s\S]*page/);
  });

  test('with an unusual status pass too', async () => {
    shop.answerWith((_, outgoing) => void outgoing.writeHead(999, 'Go Away').end('x'));
    expect((await shop.send('GET', '/')).status).toBe(999);
  });

  test('are streamed as the upstream sends them', async () => {
    let write = (_: string) => {};
    shop.answerWith((_, outgoing) => {
      outgoing.flushHeaders();
      write = (text) => void outgoing.write(text);
    });
    const { request, answered } = await begin('GET', '/');
    request.end();
    const answer = await answered;
    for (const part of ['one', 'two']) {
      write(part);
      const [chunk] = await once(answer, 'data');
      expect(chunk.toString()).toBe(part);
    }
    request.destroy();
  });

  test('to an upload that the upstream refuses early reach the visitor', async () => {
    shop.answerWith((_, outgoing) => void outgoing.writeHead(413).end('too much'));
    const { request, answered } = await begin('POST', '/', { 'content-length': String(64 * MB) });
    request.write(Buffer.alloc(MB));
    const answer = await answered;
    expect(answer.statusCode).toBe(413);
    expect((await answer.toArray()).join('')).toBe('too much');
    request.destroy();
  });
});

describe('bodies', () => {
  let roomy: Shop;
  beforeAll(async () => {
    roomy = await openShop(urls());
  });
  afterAll(() => roomy.close());

  test('of 80 MB pass in both directions without being held in memory', { timeout: 90_000 }, async () => {
    const chunk = Buffer.alloc(64 * 1_024, 'x');
    roomy.answerWith(async (incoming, outgoing) => {
      let bytes = 0;
      if (incoming.method === 'POST') {
        for await (const part of incoming) bytes += part.length;
        outgoing.end(String(bytes));
      } else {
        for (let sent = 0; sent < 80 * MB; sent += chunk.length)
          if (!outgoing.write(chunk)) await once(outgoing, 'drain');
        outgoing.end();
      }
    });
    let samples = 0;
    const memory = () => {
      if (samples++ % 16 > 0) return 0;
      collectGarbage();
      return process.memoryUsage().arrayBuffers;
    };
    const before = memory();
    let most = before;

    const up = await begin('POST', '/', { 'content-length': String(80 * MB) }, roomy);
    for (let sent = 0; sent < 80 * MB; sent += chunk.length) {
      if (!up.request.write(chunk)) await once(up.request, 'drain');
      most = Math.max(most, memory());
    }
    up.request.end();
    expect((await (await up.answered).toArray()).join('')).toBe(String(80 * MB));

    const down = await begin('GET', '/', {}, roomy);
    down.request.end();
    let received = 0;
    for await (const part of await down.answered) {
      received += part.length;
      most = Math.max(most, memory());
    }
    expect(received).toBe(80 * MB);
    // Client, gateway and shop run in this one process, each with its own buffers. A stored copy would be all 80.
    expect(most - before).toBeLessThan(16 * MB);
  });

  test('wait for a slow reader: back-pressure reaches the upstream', async () => {
    let written = 0;
    roomy.answerWith((_, outgoing) => {
      const chunk = Buffer.alloc(256 * 1_024);
      const more = () => {
        while (written < 64 * MB) {
          written += chunk.length;
          if (!outgoing.write(chunk)) return void outgoing.once('drain', more);
        }
        outgoing.end();
      };
      more();
    });
    const { request, answered } = await begin('GET', '/', {}, roomy);
    request.end();
    // Reads only the head, and leaves the body.
    (await answered).pause();
    await settled(() => written);
    expect(written).toBeLessThan(32 * MB);
    request.destroy();
  });

  test('wait for a slow upstream: back-pressure reaches the visitor', async () => {
    let readBody = () => {};
    roomy.answerWith((incoming) => {
      incoming.pause().once('error', () => {});
      readBody = () => incoming.resume();
    });
    const { request } = await begin('POST', '/', { 'content-length': String(64 * MB) }, roomy);
    let written = 0;
    const chunk = Buffer.alloc(256 * 1_024);
    const more = () => {
      while (written < 64 * MB) {
        written += chunk.length;
        if (!request.write(chunk)) return void request.once('drain', more);
      }
    };
    more();
    await settled(() => written);
    expect(written).toBeLessThan(32 * MB);
    request.destroy();
    readBody();
  });

  /** Waits until a number no longer changes. */
  async function settled(read: () => number): Promise<void> {
    let last = -1;
    await vi.waitFor(
      () => {
        const now = read();
        const moves = now !== last;
        last = now;
        if (moves || now === 0) throw new Error('still moving');
      },
      { timeout: 5_000, interval: 100 },
    );
  }

  test.each(['GET', 'DELETE', 'OPTIONS', 'POST', 'PATCH'])(
    'of unknown length (%s) keep their framing',
    async (method) => {
      shop.answerWith(async (incoming, outgoing) => {
        outgoing.end(`${incoming.headers['transfer-encoding']}|${(await incoming.toArray()).join('')}`);
      });
      const { request, answered } = await begin(method, '/', { 'transfer-encoding': 'chunked' });
      request.write('one');
      request.end('two');
      expect((await (await answered).toArray()).join('')).toBe('chunked|onetwo');
    },
  );

  test('that are empty have Content-Length: 0', async () => {
    await shop.send('GET', '/');
    expect(shop.last().headers).not.toHaveProperty('content-length');
    expect(shop.last().headers).not.toHaveProperty('transfer-encoding');
    await exchangeRaw('POST / HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n');
    expect(shop.last().headers['content-length']).toBe('0');
  });
});

describe('requests that two servers could read differently', () => {
  test.each([
    [
      'both lengths',
      'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n',
    ],
    ['two lengths', 'Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello'],
    ['an invalid length', 'Content-Length: +5\r\n\r\nhello'],
    ['a coding after chunked', 'Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n'],
    ['an unknown coding', 'Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n'],
    ['a folded header', 'X-A: 1\r\n Transfer-Encoding: chunked\r\n\r\n'],
    ['a space before the colon', 'Content-Length : 5\r\n\r\nhello'],
    ['a coding beside chunked', 'Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n'],
  ])('%s: refused, and none of it reaches the upstream', async (_what, rest) => {
    const before = shop.requests.length;
    const answer = await exchangeRaw(`POST / HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n${rest}`);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(shop.requests.length).toBe(before);
  });

  test('TRACE, which would echo cookies, is refused', async () => {
    const answer = await shop.send('TRACE', '/');
    expect(answer.status).toBe(405);
  });
});

describe('a closed side closes the other side', () => {
  // No time limit of this gateway ends the request while a test runs.
  let patient: Shop;
  beforeAll(async () => {
    patient = await openShop(urls(), {
      settings: { headers_timeout_ms: 60_000, body_timeout_ms: 60_000, stream_timeout_ms: 60_000 },
    });
  });
  afterAll(() => patient.close());

  test('a visitor who disconnects ends the request at the upstream, before the answer and in the middle of it', async () => {
    for (const early of [true, false]) {
      let gone = false;
      patient.answerWith((_, outgoing) => {
        if (!early) outgoing.write('some');
        outgoing.once('close', () => {
          gone = true;
        });
      });
      const count = patient.requests.length;
      const { request, answered } = await begin('GET', '/', {}, patient);
      request.end();
      if (early) await vi.waitFor(() => expect(patient.requests.length).toBe(count + 1), { timeout: 15_000 });
      else await once(await answered, 'data');
      request.destroy();
      await vi.waitFor(() => expect(gone).toBe(true), { timeout: 15_000 });
    }
  });

  test('a visitor who aborts an upload aborts it at the upstream', async () => {
    let aborted = false;
    patient.answerWith((incoming) => {
      incoming.resume().once('error', () => {
        aborted = true;
      });
    });
    const count = patient.requests.length;
    // A small body would not have reached it yet.
    const { request } = await begin('POST', '/', { 'content-length': '100000' }, patient);
    request.write('half');
    await vi.waitFor(() => expect(patient.requests.length).toBe(count + 1), { timeout: 15_000 });
    request.destroy();
    await vi.waitFor(() => expect(aborted).toBe(true), { timeout: 15_000 });
  });

  test('an upstream that disconnects in the middle leaves a visibly incomplete answer', async () => {
    shop.answerWith((incoming, outgoing) => {
      outgoing.write('half', () => incoming.socket.destroy());
    });
    await expect(shop.send('GET', '/')).rejects.toThrow();
  });

  test('an upstream that disconnects before its answer gives a 502, and the next request works', async () => {
    shop.answerWith((incoming) => void incoming.socket.destroy());
    const answer = await shop.send('POST', '/', { body: 'x' });
    expect(answer.status).toBe(502);
    expect(json(answer).code).toBe('upstream_unreachable');
    shop.answerWith((_, outgoing) => void outgoing.end('back'));
    expect((await shop.send('POST', '/', { body: 'x' })).body.toString()).toBe('back');
  });

  test('an answer that is not HTTP gives a 502', async () => {
    shop.answerWith((incoming) => void incoming.socket.end('SSH-2.0-server\r\n'));
    expect((await shop.send('GET', '/')).status).toBe(502);
  });
});

describe('connections', () => {
  test('are reused, also after errors of the upstream', async () => {
    const ports = new Set<number>();
    shop.answerWith((incoming, outgoing) => {
      ports.add(incoming.socket.remotePort as number);
      outgoing.writeHead(500, { 'Content-Length': '4' }).end('oops');
    });
    for (let count = 0; count < 5; count += 1)
      await shop.send(count % 2 ? 'HEAD' : 'POST', '/', count % 2 ? {} : { body: 'x' });
    // One for reads, one for writes.
    expect(ports.size).toBe(2);
  });

  test('that the upstream closes at the same moment cause a retry for idempotent requests, and only for them', async () => {
    const served = new WeakMap<object, number>();
    shop.answerWith((incoming, outgoing) => {
      const times = (served.get(incoming.socket) ?? 0) + 1;
      served.set(incoming.socket, times);
      if (times > 1) incoming.socket.resetAndDestroy();
      else outgoing.end('fresh');
    });
    await shop.send('GET', '/');
    const before = shop.requests.length;
    expect((await shop.send('GET', '/')).body.toString()).toBe('fresh');
    expect(shop.requests.length).toBe(before + 2);
    await vi.waitFor(async () => expect((await shop.send('POST', '/', { body: 'first' })).status).toBe(200), {
      timeout: 15_000,
    });
    const orders = shop.requests.length;
    expect((await shop.send('POST', '/', { body: 'order' })).status).toBe(502);
    expect(shop.requests.length).toBe(orders + 1);
  });

  test('only forwarded orders are counted, with their duration', async () => {
    const headers = { authorization: `Bearer ${shop.ownerKey}` };
    const orders = async () => {
      const { body } = await shop.send('GET', '/v1/admin/order-times', { headers });
      const { minutes } = JSON.parse(body.toString()) as { minutes: { orders: number }[] };
      return minutes.reduce((sum, minute) => sum + minute.orders, 0);
    };
    const before = await orders();
    await shop.send('GET', '/v1/orders');
    await shop.send('POST', '/v1/other', { body: '{}' });
    expect((await orders()) - before).toBe(0);
    expect((await shop.send('POST', '/v1/orders', { body: '{}' })).status).toBeLessThan(300);
    expect((await orders()) - before).toBe(1);
  });

  test('are limited: some requests wait, the rest get 503 with Retry-After', async () => {
    let running = 0;
    let most = 0;
    const finish: (() => void)[] = [];
    shop.answerWith((_, outgoing) => {
      running += 1;
      most = Math.max(most, running);
      finish.push(() => {
        running -= 1;
        outgoing.end('ok');
      });
    });
    const answers = Array.from({ length: 7 }, () => shop.send('GET', '/'));
    const refused = await Promise.race(answers);
    expect(refused.status).toBe(503);
    expect(json(refused).code).toBe('overloaded');
    expect(refused.headers['retry-after']).toBeDefined();
    await vi.waitFor(() => expect(finish.length).toBe(4), { timeout: 15_000 });
    const all = Promise.all(answers);
    for (const done of finish.splice(0)) done();
    await vi.waitFor(() => expect(finish.length).toBe(2), { timeout: 15_000 });
    for (const done of finish.splice(0)) done();
    expect((await all).map((answer) => answer.status).sort()).toEqual([200, 200, 200, 200, 200, 200, 503]);
    expect(most).toBe(4);
  });

  test('of event streams do not block requests, and are limited too', async () => {
    shop.answerWith((incoming, outgoing) => {
      if (incoming.url !== '/stream') return void outgoing.end('quick');
      outgoing.writeHead(200, { 'Content-Type': 'text/event-stream' });
      outgoing.write('data: 1\n\n');
    });
    const listeners = [];
    for (let count = 0; count < 2; count += 1) {
      const { request, answered } = await begin('GET', '/stream');
      request.end();
      await once(await answered, 'data');
      listeners.push(request);
    }
    const third = await shop.send('GET', '/stream');
    expect(third.status).toBe(503);
    const quick = await Promise.all(Array.from({ length: 4 }, () => shop.send('GET', '/')));
    expect(quick.map((answer) => answer.status)).toEqual([200, 200, 200, 200]);
    for (const request of listeners) request.destroy();
    const again = await vi.waitFor(
      async () => {
        const { request, answered } = await begin('GET', '/stream');
        request.end();
        const answer = await answered;
        expect(answer.statusCode).toBe(200);
        return request;
      },
      { timeout: 15_000 },
    );
    again.destroy();
  });
});

describe('time', () => {
  test('for the head of an answer: 504 after the timeout, and the upstream connection is closed', async () => {
    const other = await openShop(urls(), { settings: { headers_timeout_ms: 200 } });
    other.answerWith(() => {});
    const started = Date.now();
    const answer = await other.send('POST', '/', { body: 'x' });
    const took = Date.now() - started;
    await vi.waitFor(() => expect(other.sockets.size).toBe(0), { timeout: 15_000 });
    await other.close();
    expect(answer.status).toBe(504);
    expect(json(answer).code).toBe('upstream_timeout');
    expect(took).toBeLessThan(5_000);
  });

  test('for silence in the middle of a body: the answer is aborted after the timeout', async () => {
    shop.answerWith((_, outgoing) => void outgoing.write('some'));
    await expect(shop.send('GET', '/')).rejects.toThrow();
  });

  test('for connecting: 504 when the other side never finishes the TLS handshake', async () => {
    const silent = createServer(() => {});
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const upstreamUrl = `https://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const other = await openShop(urls(), {
      upstreamUrl,
      settings: { connect_timeout_ms: 200, headers_timeout_ms: 60_000, body_timeout_ms: 60_000 },
    });
    const answer = await other.send('GET', '/');
    await other.close();
    silent.close();
    expect(answer.status).toBe(504);
  });
});

describe('an unreachable upstream', () => {
  test('gives a 502 with Retry-After, also for an upload', async () => {
    const other = await openShop(urls(), { upstreamUrl: 'http://127.0.0.1:9' });
    const answer = await other.send('GET', '/');
    const headers = { connection: 'close' };
    const upload = await other.send('POST', '/', { headers, body: Buffer.alloc(MB) });
    await other.close();
    expect(answer.status).toBe(502);
    expect(answer.headers['retry-after']).toBe('2');
    expect(upload.status).toBe(502);
  });
});

test('without a configuration the paths of the checkout go to it, with all credentials, and no others', async () => {
  const other = await openShop(urls(), { withoutFile: true });
  other.answerWith((_, outgoing) => void outgoing.end('the checkout'));
  const headers = { cookie: '__Host-bind_x=1', authorization: 'Bearer eyJ.a.b', 'x-binding': 'bnd_1' };
  const products = await other.send('GET', '/v1/products?x=1', { headers });
  const reached = other.last();
  const elsewhere = await other.send('GET', '/elsewhere');
  await other.close();
  expect(products.body.toString()).toBe('the checkout');
  expect(reached.url).toBe('/v1/products?x=1');
  expect(reached.headers).toMatchObject(headers);
  expect(elsewhere.status).toBe(404);
});

test("operators' calls for products go to the checkout unchanged, after the key check", async () => {
  const other = await openShop(urls(), { withoutFile: true });
  const bodies: string[] = [];
  other.answerWith(async (incoming, outgoing) => {
    let body = '';
    for await (const part of incoming) body += part;
    bodies.push(body);
    outgoing.end('the checkout');
  });
  const key = (bearer: string) => ({ authorization: `Bearer ${bearer}` });
  const chunked = { ...key(other.ownerKey), 'transfer-encoding': 'chunked' };
  const body = JSON.stringify({ id: 'mug' });
  const bad = await other.send('GET', '/v1/admin/products/mug', { headers: key(`adm_${'x'.repeat(40)}`) });
  const none = await other.send('POST', '/v1/admin/products', { body });
  const made = await other.send('POST', '/v1/admin/products', { headers: chunked, body });
  const reached = other.last();
  await other.close();
  expect([bad.status, none.status, made.status]).toEqual([401, 401, 200]);
  expect(bodies).toEqual([body]);
  expect(reached.headers.authorization).toBe(key(other.ownerKey).authorization);
});

test("only operators' calls for dead letters go to the workers", async () => {
  const other = await openShop(urls(), { withoutFile: true, workersUrl: 'http://127.0.0.1:9' });
  const headers = { authorization: `Bearer ${other.ownerKey}` };
  const statusOf = async (method: string, path: string, sent: object = headers) =>
    (await other.send(method, path, { headers: { ...sent } })).status;
  const unknown = await statusOf('GET', '/v1/admin/dead-letters', {});
  const away = [
    await statusOf('GET', '/v1/admin/dead-letters?limit=1'),
    await statusOf('POST', '/v1/admin/dead-letters/1/resend'),
  ];
  const products = await statusOf('GET', '/v1/admin/products');
  await other.close();
  expect([unknown, ...away, products]).toEqual([401, 502, 502, 200]);
});

test('the job board accepts the key as a browser’s password, and no other path does', async () => {
  const other = await openShop(urls(), { withoutFile: true, workersUrl: 'http://127.0.0.1:9' });
  const password = Buffer.from(`me:${other.ownerKey}`).toString('base64');
  const headers = { authorization: `Basic ${password}` };
  const stranger = await other.send('GET', '/v1/admin/jobs/board');
  const board = await other.send('GET', '/v1/admin/jobs/board', { headers });
  const change = await other.send('PUT', '/v1/admin/jobs/board/api/queues/email/pause', { headers });
  const elsewhere = await other.send('GET', '/v1/admin/jobs', { headers });
  await other.close();
  expect([stranger, board, change, elsewhere].map(({ status }) => status)).toEqual([401, 502, 403, 401]);
  expect(stranger.headers['www-authenticate']).toMatch(/^Basic /);
  expect(elsewhere.headers['www-authenticate']).toBeUndefined();
});

test('the visitor’s Host is passed to an upstream with that setting', async () => {
  const other = await openShop(urls(), { settings: { host: 'pass' } });
  await other.send('GET', '/', { headers: { host: 'shop.example' } });
  const { host } = other.last().headers;
  await other.close();
  expect(host).toBe('shop.example');
});
