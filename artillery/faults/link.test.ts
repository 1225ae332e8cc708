import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Link, openLink } from './link.ts';

/** Long enough for bytes over loopback to arrive. */
const A_WHILE_MS = 150;

let echo: Server;
let received: string;
let ended: string[];
let link: Link;
const clients: Socket[] = [];

beforeEach(async () => {
  [received, ended] = ['', []];
  echo = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('data', (chunk) => {
      received += chunk;
      socket.write(chunk);
    });
    socket.on('end', () => {
      ended.push('end');
      socket.end();
    });
    socket.on('error', (error: NodeJS.ErrnoException) => ended.push(error.code as string));
  });
  echo.listen(0, '127.0.0.1');
  await once(echo, 'listening');
  link = await openLink((echo.address() as { port: number }).port);
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await link.close();
  await new Promise((resolve) => echo.close(resolve));
});

/** A client that talks to the echo through the link, and its fate. */
async function dial() {
  const socket = connect(link.port, '127.0.0.1');
  const client = { socket, said: '', fate: 'open' };
  clients.push(socket);
  socket.on('data', (chunk) => {
    client.said += chunk;
  });
  socket.on('end', () => {
    client.fate = 'ended';
  });
  socket.on('error', (error: NodeJS.ErrnoException) => {
    client.fate = error.code as string;
  });
  await Promise.race([once(socket, 'connect'), once(socket, 'error')]).catch(() => undefined);
  return client;
}

async function until(condition: () => boolean): Promise<number> {
  const started = performance.now();
  while (!condition()) {
    if (performance.now() - started > 20_000) throw new Error('the condition was not met in time');
    await wait(5);
  }
  return performance.now() - started;
}

describe('a link', () => {
  test('forwards bytes and ends', async () => {
    const client = await dial();
    client.socket.write('hello');
    await until(() => client.said === 'hello');
    client.socket.end();
    await until(() => client.fate === 'ended' && ended.length > 0);
    expect(ended).toEqual(['end']);
  });

  test('keeps a large answer complete and in order, also when it is slow', async () => {
    await link.inject({ kind: 'bandwidth', bytesPerSecond: 2_000_000 });
    const text = Array.from({ length: 100_000 }, (_, at) => at).join(' ');
    const client = await dial();
    client.socket.write(text);
    await until(() => client.said.length === text.length);
    expect(client.said).toBe(text);
  });

  test('closes one end when the other is gone', async () => {
    const client = await dial();
    client.socket.write('hello');
    await until(() => client.said === 'hello');
    client.socket.resetAndDestroy();
    await until(() => ended.length > 0);
    expect(ended).toEqual(['ECONNRESET']);
  });

  test('returns its own address instead of the server’s', () => {
    expect(link.through('postgres://me:secret@127.0.0.1:5432/shop')).toBe(
      `postgres://me:secret@127.0.0.1:${link.port}/shop`,
    );
    expect(link.through('http://localhost:3000')).toBe(`http://127.0.0.1:${link.port}`);
  });
});

test('latency: all bytes are delayed in each direction, until the fault is cleared', async () => {
  const client = await dial();
  await link.inject({ kind: 'latency', ms: 100 });
  client.socket.write('slow');
  expect(await until(() => client.said === 'slow')).toBeGreaterThan(190);
  await link.inject({ kind: 'latency', ms: 60_000 });
  client.socket.write(' never');
  await wait(A_WHILE_MS);
  await link.clear();
  expect(await until(() => client.said === 'slow never')).toBeLessThan(20_000);
});

test('bandwidth: all connections share the limit', async () => {
  await link.inject({ kind: 'bandwidth', bytesPerSecond: 10_000 });
  const [one, other] = [await dial(), await dial()];
  one.socket.write('a'.repeat(2_000));
  other.socket.write('b'.repeat(2_000));
  // 4,000 bytes at 10,000 a second, and most of the way back in parallel.
  expect(await until(() => one.said.length + other.said.length === 4_000)).toBeGreaterThan(380);
});

test('cut: open connections are closed and new ones refused, until the fault is cleared', async () => {
  const client = await dial();
  client.socket.write('hello');
  await until(() => client.said === 'hello');
  await link.inject({ kind: 'cut' });
  await until(() => client.fate === 'ended');
  expect((await dial()).fate).toBe('ECONNREFUSED');
  await link.clear();
  const later = await dial();
  later.socket.write('again');
  await until(() => later.said === 'again');
});

test('reset: open and new connections are reset, on the server’s side too', async () => {
  const client = await dial();
  client.socket.write('hello');
  await until(() => client.said === 'hello');
  await link.inject({ kind: 'reset' });
  await until(() => client.fate === 'ECONNRESET' && ended.length > 0);
  expect(ended).toEqual(['ECONNRESET']);
  const later = await dial();
  await until(() => later.fate === 'ECONNRESET');
  await link.clear();
  const after = await dial();
  after.socket.write('again');
  await until(() => after.said === 'again');
});

describe('half-open', () => {
  test.each([
    { silent: 'there', reaches: '' },
    { silent: 'back', reaches: 'anybody?' },
    { silent: 'both', reaches: '' },
  ] as const)('$silent: connections stay and can be opened, but nothing passes', async (way) => {
    const before = await dial();
    await link.inject({ kind: 'half-open', silent: way.silent, forgets: false });
    const newcomer = await dial();
    before.socket.write('anybody?');
    await until(() => received === way.reaches);
    await wait(A_WHILE_MS);
    expect(received).toBe(way.reaches);
    expect([before.said, before.fate, newcomer.said, newcomer.fate]).toEqual(['', 'open', '', 'open']);
    await link.clear();
    await until(() => before.said === 'anybody?');
    newcomer.socket.write('and I?');
    await until(() => newcomer.said === 'and I?');
  });

  test('neither an end nor a break reaches the other side', async () => {
    const [leaves, breaks] = [await dial(), await dial()];
    await link.inject({ kind: 'half-open', silent: 'both', forgets: false });
    leaves.socket.end();
    breaks.socket.resetAndDestroy();
    await wait(A_WHILE_MS);
    expect(ended).toEqual([]);
    await link.clear();
    await until(() => ended.length === 2);
    expect(ended.toSorted()).toEqual(['ECONNRESET', 'end']);
  });

  test('forgotten: a client whose bytes were lost is reset; one that only listened notices nothing until it writes', async () => {
    const [speaker, listener] = [await dial(), await dial()];
    await link.inject({ kind: 'half-open', silent: 'both', forgets: true });
    speaker.socket.write('lost');
    await wait(A_WHILE_MS);
    expect(speaker.fate).toBe('open');
    await link.clear();
    await until(() => speaker.fate === 'ECONNRESET');
    await wait(A_WHILE_MS);
    expect([received, listener.fate]).toEqual(['', 'open']);
    listener.socket.write('still there?');
    await until(() => listener.fate === 'ECONNRESET');
    const later = await dial();
    later.socket.write('new');
    await until(() => later.said === 'new');
  });
});
