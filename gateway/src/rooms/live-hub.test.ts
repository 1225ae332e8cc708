import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { manualClock } from '@shopfast/kit/clock';
import { listen } from '@shopfast/kit/http';
import { createLifecycle, type Lifecycle } from '@shopfast/kit/lifecycle';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { readEvents } from '../testing/event-stream.ts';
import { openTestGateway, type TestGateway } from '../testing/gateway.ts';
import { createLiveHub, MAX_PER_KEY, MAX_VIEWERS } from './live-hub.ts';

let it: TestGateway;
let lifecycle: Lifecycle;
let url: string;
beforeAll(async () => {
  it = await openTestGateway({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') });
  lifecycle = createLifecycle();
  const { port } = await listen({ fetch: it.app.fetch as never, port: 0, host: '127.0.0.1', lifecycle });
  url = `http://127.0.0.1:${port}`;
});
afterAll(async () => {
  await it.close();
  await lifecycle.close();
});

type Stats = { waiting?: number; issued?: number; state?: string; code?: string };

const watchRoom = (room: string, key = it.ownerKey) =>
  readEvents<Stats>(`${url}/v1/admin/rooms/${room}/stream`, key);

describe('a live stream', () => {
  test('sends the figures at once, then each change', async () => {
    const room = await it.openRoom({ admissions_per_minute: 1 });
    const { key } = (await it.admin('POST', '/keys', { name: 'v', role: 'viewer' })).body;
    const stream = await watchRoom(room, key);
    expect(stream.answer.headers.get('content-type')).toContain('text/event-stream');
    await vi.waitFor(() => expect(stream.documents[0]).toMatchObject({ issued: 0, state: 'open' }), {
      timeout: 15_000,
    });
    for (let i = 0; i < 5; i += 1) await it.send('POST', `/v1/rooms/${room}/tickets`);
    await vi.waitFor(() => expect(stream.documents.at(-1)).toMatchObject({ issued: 5 }), { timeout: 5_000 });
    await it.admin('POST', `/rooms/${room}/close`);
    await vi.waitFor(() => expect(stream.documents.at(-1)?.state).toBe('closed'), { timeout: 5_000 });
    const { body } = await it.admin('GET', `/rooms/${room}/stats`);
    expect(Object.keys(stream.documents.at(-1) as object)).toEqual(Object.keys(body));
    await stream.stop();
  });

  test('ends with the reason when its room is deleted', async () => {
    const room = await it.openRoom();
    const stream = await watchRoom(room);
    await it.admin('DELETE', `/rooms/${room}?force=true`);
    await vi.waitFor(() => expect(stream.documents.at(-1)?.code).toBe('room_unknown'), { timeout: 5_000 });
    await vi.waitFor(() => expect(stream.hasEnded()).toBe(true), { timeout: 15_000 });
    await stream.stop();
  });

  test('needs a key, and a room', async () => {
    const room = await it.openRoom();
    expect((await fetch(`${url}/v1/admin/rooms/${room}/stream`)).status).toBe(401);
    expect((await watchRoom('nowhere')).answer.status).toBe(404);
  });
});

describe('the hub', () => {
  /** The client side of a connection that reads, or does not read. */
  function connection(takes = true) {
    const written: string[] = [];
    const events = new EventEmitter();
    return Object.assign(events, {
      written,
      get writableLength() {
        return takes ? 0 : written.join('').length + 65_537;
      },
      writeHead: () => undefined,
      write: (text: string) => written.push(text) > 0,
      end: (text: string) => {
        written.push(text);
        events.emit('close');
      },
      destroy: () => events.emit('close'),
    });
  }
  /** Opens a stream with a separate key by default. */
  const open = (
    hub: ReturnType<typeof createLiveHub>,
    room: string,
    end = connection(),
    key = randomUUID() as string,
  ) => {
    hub.open(room, key, end as unknown as ServerResponse, 'request-1');
    return end;
  };

  test('uses no Redis, for any number of viewers', async () => {
    const own = createLifecycle();
    const room = await it.openRoom();
    await vi.waitFor(() => expect(it.gateway.rooms.get(room).snapshot).not.toBeNull(), { timeout: 5_000 });
    const redis = new Proxy(it.gateway.redis, {
      get: () => {
        throw new Error('a stream has used Redis');
      },
    });
    const withThatRedis = { ...it.gateway, redis };
    const hub = createLiveHub(withThatRedis, own);
    const ends = Array.from({ length: 50 }, () => open(hub, room));
    await vi.waitFor(() => {
      for (const end of ends) expect(end.written.length).toBeGreaterThan(2);
    }, 5_000);
    await own.close();
    for (const end of ends) expect(end.written.at(-1)).toMatch(/^retry: \d+/);
    expect(hub.size).toBe(0);
  });

  test('limits the number of viewers, and accepts new ones when others have gone', async () => {
    const own = createLifecycle();
    const room = await it.openRoom();
    const hub = createLiveHub(it.gateway, own);
    const ends = Array.from({ length: MAX_VIEWERS }, () => open(hub, room));
    expect(() => open(hub, room)).toThrow('Too many');
    ends[0]?.emit('close');
    open(hub, room);
    expect(hub.size).toBe(MAX_VIEWERS);
    await own.close();
  });

  test('limits streams per key: one more ends the key’s oldest, and blocks nobody else', async () => {
    const own = createLifecycle();
    const room = await it.openRoom();
    const hub = createLiveHub(it.gateway, own);
    let ended = 0;
    for (let count = 0; count < MAX_VIEWERS * 2; count += 1)
      open(hub, room, connection(), 'greedy').once('close', () => {
        ended += 1;
      });
    expect(hub.size).toBe(MAX_PER_KEY);
    expect(ended).toBe(MAX_VIEWERS * 2 - MAX_PER_KEY);
    open(hub, room);
    await own.close();
    expect(hub.size).toBe(0);
  });

  test('disconnects a client that does not read, and ends a stream in time for a new key check', async () => {
    const own = createLifecycle();
    const room = await it.openRoom();
    const clock = manualClock(Date.now());
    const hub = createLiveHub({ ...it.gateway, clock }, own);
    open(hub, room, connection(false));
    expect(hub.size).toBe(0);
    const patient = open(hub, room);
    clock.advance(300_001);
    await vi.waitFor(() => expect(patient.written.at(-1)).toBe('retry: 1000\n\n'), { timeout: 5_000 });
    expect(hub.size).toBe(0);
    await own.close();
  });
});
