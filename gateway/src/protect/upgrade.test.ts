import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { decodeJwt } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test, vi } from 'vitest';
import { openShop, type Shop } from '../testing/shop.ts';

const urls = () => ({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') });
const MAGIC = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop(urls(), { settings: { max_streams: 2, headers_timeout_ms: 300 } });
});
afterAll(() => shop.close());

type Upgrade = (incoming: IncomingMessage, socket: Duplex, head: Buffer) => void;
let onUpgrade: Upgrade;
const upgrades: { incoming: IncomingMessage; socket: Duplex }[] = [];
beforeEach(() => {
  onUpgrade = echo;
  upgrades.length = 0;
  shop.upstream.removeAllListeners('upgrade').on('upgrade', (incoming, socket, head) => {
    socket.on('error', () => {});
    upgrades.push({ incoming, socket });
    onUpgrade(incoming, socket, head);
  });
});
const opened: WebSocket[] = [];
afterEach(async () => {
  for (const { socket } of upgrades) socket.destroy();
  for (const socket of opened.splice(0)) socket.close();
});

/** A minimal WebSocket server: it accepts, and echoes short texts. */
function echo(incoming: IncomingMessage, socket: Duplex): void {
  const accept = createHash('sha1')
    .update(`${incoming.headers['sec-websocket-key']}${MAGIC}`)
    .digest('base64');
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n\r\n`,
  );
  socket.on('data', (frame: Buffer) => {
    if ((frame[0] as number) % 16 !== 1) return void socket.end();
    const length = (frame[1] as number) & 0x7f;
    const mask = frame.subarray(2, 6);
    const text = frame.subarray(6, 6 + length).map((byte, at) => byte ^ (mask[at % 4] as number));
    socket.write(Buffer.concat([Buffer.from([0x81, length]), text]));
  });
}

/** Node's own WebSocket client, which (unlike a browser's) takes headers. */
function open(path: string, headers: Record<string, string> = {}, at = shop): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${at.port}${path}`, { headers } as never);
  opened.push(socket);
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve(socket));
    socket.addEventListener('error', (event) => reject(new Error((event as ErrorEvent).message)));
  });
}

async function say(socket: WebSocket, text: string): Promise<string> {
  const received = once(socket, 'message');
  socket.send(text);
  return (await received)[0].data;
}

/** A handshake by hand. @returns everything received until the connection ends */
async function handshake(path: string, headers = '', upgrade = 'websocket'): Promise<string> {
  const socket = shop.raw();
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: shop\r\nConnection: Upgrade\r\nUpgrade: ${upgrade}\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n${headers}\r\n`,
  );
  return (await socket.setEncoding('latin1').toArray()).join('');
}

describe('a WebSocket', () => {
  test('is connected to the upstream, in both directions', async () => {
    const socket = await open('/live?x=1');
    expect(await say(socket, 'hello')).toBe('hello');
    expect(await say(socket, 'again')).toBe('again');
    expect(upgrades[0]?.incoming.url).toBe('/live?x=1');
    expect(upgrades[0]?.incoming.headers).toMatchObject({
      upgrade: 'websocket',
      'x-forwarded-for': '127.0.0.1',
    });
  });

  test('on a protected path needs a reservation, which is not forwarded', async () => {
    const refused = await handshake('/checkout/live');
    expect(refused).toMatch(/^HTTP\/1\.1 403 Forbidden\r\n/);
    expect(refused).toContain('application/problem+json');
    expect(refused).toContain('"code":"queue_required"');
    expect(upgrades).toHaveLength(0);

    const { cookie } = await shop.admitted();
    const socket = await open('/checkout/live', { cookie: `${cookie}; own=1` });
    expect(await say(socket, 'hello')).toBe('hello');
    expect(upgrades[0]?.incoming.headers.cookie).toBe('own=1');
    expect(upgrades[0]?.incoming.headers['waitroom-room']).toBe(shop.room);
  });

  test('is not opened on an ambiguous path, nor on a path without a rule', async () => {
    expect(await handshake('/open/..;/checkout')).toMatch(/^HTTP\/1\.1 400 /);
    expect(await handshake('/v1/rooms/x/y')).toMatch(/^HTTP\/1\.1 404 /);
    expect(upgrades).toHaveLength(0);
  });

  test('that the upstream refuses gets its answer', async () => {
    onUpgrade = (_, socket) =>
      void socket.end(
        'HTTP/1.1 401 Unauthorized\r\nX-Why: no\r\nContent-Length: 4\r\nConnection: close\r\n\r\nnope',
      );
    const answer = await handshake('/live');
    expect(answer).toMatch(/^HTTP\/1\.1 401 Unauthorized\r\n/);
    expect(answer).toMatch(/\r\nX-Why: no\r\n/);
    expect(answer).toMatch(/nope$/);
  });

  test('answers keep repeated headers', async () => {
    const socket = shop.raw();
    socket.write(
      'GET /live HTTP/1.1\r\nHost: shop\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n\r\n',
    );
    const [head] = await once(socket.setEncoding('latin1'), 'data');
    socket.destroy();
    expect(head).toMatch(/^HTTP\/1\.1 101 Switching Protocols\r\n/);
    expect(head.match(/Set-Cookie: /g)).toHaveLength(2);
  });

  test('ends in 504 when the upstream never answers, and in 502 when it is unreachable', async () => {
    onUpgrade = () => {};
    expect(await handshake('/live')).toMatch(/^HTTP\/1\.1 504 /);
    onUpgrade = (_, socket) => void socket.destroy();
    expect(await handshake('/live')).toMatch(/^HTTP\/1\.1 502 /);
  });

  test('ends when either side ends', async () => {
    const byUpstream = await open('/live');
    const closed = once(byUpstream, 'close');
    upgrades[0]?.socket.destroy();
    await closed;

    const byVisitor = shop.raw();
    byVisitor.write(
      'GET /live HTTP/1.1\r\nHost: shop\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n\r\n',
    );
    await once(byVisitor, 'data');
    byVisitor.destroy();
    await vi.waitFor(() => expect(upgrades[1]?.socket.readableEnded).toBe(true), { timeout: 15_000 });
  });

  test('counts against a limit', async () => {
    const first = await vi.waitFor(() => open('/live'), { timeout: 15_000 });
    await vi.waitFor(() => open('/live'), { timeout: 15_000 });
    expect(await handshake('/live')).toMatch(/^HTTP\/1\.1 503 [\s\S]*"code":"overloaded"/);
    first.close();
    await once(first, 'close');
    const next = await vi.waitFor(() => open('/live'), { timeout: 15_000 });
    expect(await say(next, 'in')).toBe('in');
  });
});

test('any other upgrade is declined: the request is answered as if it had none', async () => {
  const socket = shop.raw();
  socket.write('GET /page HTTP/1.1\r\nHost: shop\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n');
  const [answer] = await once(socket.setEncoding('latin1'), 'data');
  socket.destroy();
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK/);
  expect(shop.last().headers.upgrade).toBeUndefined();
  expect(upgrades).toHaveLength(0);
});

describe('a connection that stays open', () => {
  /** A connection for each way to end its reservation, and one more that stays open. */
  const ends: [string, (own: Shop, jti: string, cookie: string) => Promise<unknown>][] = [
    ['is withdrawn', (own, jti) => own.admin('DELETE', `/rooms/${own.room}/active/${jti}?revoke=true`)],
    ['is spent', (own, jti) => own.admin('DELETE', `/rooms/${own.room}/active/${jti}`)],
    [
      'is given back',
      (own, _, cookie) => own.send('DELETE', `/v1/rooms/${own.room}/tickets/me`, { headers: { cookie } }),
    ],
  ];
  test.each(ends)('ends within five seconds after its reservation %s, and no other does', async (_, end) => {
    const room = await openShop(urls());
    room.upstream.on('upgrade', echo);
    try {
      const [gone, stays] = [await room.admitted(), await room.admitted()];
      const [first, second] = [
        await open('/checkout/live', { cookie: gone.cookie }, room),
        await open('/checkout/live', { cookie: gone.cookie }, room),
      ];
      const kept = await open('/checkout/live', { cookie: stays.cookie }, room);
      expect(await say(first, 'hello')).toBe('hello');
      const closed = Promise.all([once(first, 'close'), once(second, 'close')]);
      const ended = Date.now();
      await end(room, decodeJwt(gone.token).jti as string, gone.cookie);
      await closed;
      expect(Date.now() - ended).toBeLessThan(5_000);
      expect(await say(kept, 'still here')).toBe('still here');
    } finally {
      await room.close();
    }
  });

  test('ends at once with the answer that releases the shopper', async () => {
    const { cookie } = await shop.admitted();
    const socket = await open('/checkout/live', { cookie });
    const closed = once(socket, 'close');
    shop.answerWith((_, outgoing) => void outgoing.setHeader('Waitroom-Release', '1').end());
    await shop.send('GET', '/checkout', { headers: { cookie } });
    shop.answerWith((_, outgoing) => void outgoing.end('the shop'));
    await closed;
  });

  test('ends with its room', async () => {
    const room = await openShop(urls());
    room.upstream.on('upgrade', echo);
    try {
      const { cookie } = await room.admitted();
      const socket = await open('/checkout/live', { cookie }, room);
      const closed = once(socket, 'close');
      await room.admin('POST', `/rooms/${room.room}/reset`);
      await closed;
    } finally {
      await room.close();
    }
  });

  test('ends as an event stream, too', async () => {
    const room = await openShop(urls());
    room.answerWith((_, outgoing) => {
      outgoing.writeHead(200, { 'Content-Type': 'text/event-stream' });
      outgoing.write('data: 1\n\n');
    });
    try {
      const { cookie, token } = await room.admitted();
      const socket = room.raw();
      socket.write(`GET /checkout/news HTTP/1.1\r\nHost: shop\r\nCookie: ${cookie}\r\n\r\n`);
      await once(socket, 'data');
      const closed = once(socket, 'close');
      await room.admin('DELETE', `/rooms/${room.room}/active/${decodeJwt(token).jti}?revoke=true`);
      socket.resume();
      await closed;
    } finally {
      await room.close();
    }
  });
});

describe('an open WebSocket', () => {
  test('ends with the reservation that opened it', async () => {
    const other = await openShop(urls(), { room: { token_ttl_seconds: 2 } });
    other.upstream.on('upgrade', echo);
    const { cookie } = await other.admitted();
    const guarded = await open('/checkout/live', { cookie }, other);
    const free = await open('/live', {}, other);
    const started = Date.now();
    await once(guarded, 'close');
    expect(Date.now() - started).toBeLessThan(3_000);
    expect(await say(free, 'still here')).toBe('still here');
    await other.close();
  });

  test('ends after long silence', async () => {
    const other = await openShop(urls(), { settings: { stream_timeout_ms: 100 } });
    other.upstream.on('upgrade', echo);
    const socket = await open('/live', {}, other);
    await once(socket, 'close');
    await other.close();
  });

  test('does not delay the shutdown of the gateway', async () => {
    const other = await openShop(urls());
    other.upstream.on('upgrade', echo);
    const socket = await open('/live', {}, other);
    const closed = once(socket, 'close');
    const started = Date.now();
    await other.close();
    await closed;
    expect(Date.now() - started).toBeLessThan(4_000);
  });
});
