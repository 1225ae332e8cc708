import { createTestDatabase } from '@shopfast/db/testing';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { randomId } from '@shopfast/kit/random-id';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import type { Gateway } from '../gateway.ts';
import { roomKeys } from '../lua/keys.ts';
import { openTestGateway, type TestGateway } from '../testing/gateway.ts';
import { startTicker } from './ticker.ts';

const GATEWAYS = 3;
const ORDINARY = 50;
const BUSY = 10;
const BACKLOG = 1_500;

const urls = { databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') };
const lifecycle = createLifecycle();
const gateways: TestGateway[] = [];
beforeAll(async () => {
  const database = await createTestDatabase(urls.databaseUrl);
  lifecycle.onClose('database', database.drop);
  const shared = {
    readyDatabase: database.url,
    secret: 'secret of all gateways of one installation',
    tickMs: 100,
  };
  for (let count = 0; count < GATEWAYS; count += 1) gateways.push(await openTestGateway(urls, shared));
});
afterAll(async () => {
  for (const one of gateways) await one.close();
  await lifecycle.close();
});

/** A room with waiting people, whose calls nobody claims: all calls follow the rate alone. */
async function openBackloggedRoom(it: TestGateway, settings: object, people: number): Promise<string> {
  const { gateway, openRoom } = it;
  const room = await openRoom({ max_active: 1_000_000, claim_seconds: 600, ...settings });
  await gateway.rooms.refresh();
  const known = gateway.rooms.get(room);
  await Promise.all(
    Array.from({ length: people }, () => gateway.commands.join(known, randomId(), gateway.clock.now())),
  );
  return room;
}

const calledIn = async ({ gateway }: TestGateway, room: string): Promise<number> =>
  Number(await gateway.redis.hget(roomKeys(room).room, 'serving'));

/** How far each room advances until the first of them has advanced by `calls`. */
async function race(it: TestGateway, rooms: string[], calls: number): Promise<number[]> {
  const before = await Promise.all(rooms.map((room) => calledIn(it, room)));
  let moved: number[] = [];
  await vi.waitFor(
    async () => {
      const now = await Promise.all(rooms.map((room) => calledIn(it, room)));
      moved = now.map((count, index) => count - (before[index] as number));
      expect(Math.max(...moved)).toBeGreaterThanOrEqual(calls);
    },
    { timeout: 20_000, interval: 100 },
  );
  return moved;
}

test('of many rooms, none falls behind because of its place in the list or a busier room', {
  timeout: 120_000,
}, async () => {
  const [it] = gateways as [TestGateway];
  const rooms: string[] = [];
  for (let count = 0; count < ORDINARY; count += 1) {
    if (count % (ORDINARY / BUSY) === 0)
      await openBackloggedRoom(it, { admissions_per_minute: 60_000, poll_max_ms: 5_000 }, BACKLOG);
    const room = await openBackloggedRoom(it, { admissions_per_minute: 600 }, 400);
    // All start together. Otherwise the first lines could be empty before the last ones are ready.
    expect((await it.admin('POST', `/rooms/${room}/pause`)).status).toBe(200);
    rooms.push(room);
  }
  await Promise.all(rooms.map((room) => it.admin('POST', `/rooms/${room}/resume`)));
  for (const { gateway } of gateways) await gateway.rooms.refresh();
  const moved = await race(it, rooms, 40);
  // A step may happen between two reads: two calls at 600 a minute and a tick of 100 ms.
  expect(Math.min(...moved)).toBeGreaterThanOrEqual(Math.max(...moved) * 0.9 - 2);
});

test('a room that cannot be restored, because Postgres hangs, delays no other room', {
  timeout: 60_000,
}, async () => {
  // The gateway's own ticker makes one step and then rests. So the second gateway, whose Postgres does not answer, is
  // alone.
  const it = await openTestGateway(urls, { tickMs: 3_600_000 });
  const lost = await openBackloggedRoom(it, { admissions_per_minute: 600 }, 10);
  const other = await openBackloggedRoom(it, { admissions_per_minute: 600 }, 200);
  const answer = Promise.withResolvers<never>();
  const sql = (() => answer.promise) as unknown as Gateway['sql'];
  const config = { ...it.gateway.config, tickMs: 100 };
  const ticking = createLifecycle();
  await it.gateway.redis.unlink(roomKeys(lost).room);
  startTicker({ ...it.gateway, config, sql }, ticking);
  try {
    const [moved] = await race(it, [other], 20);
    expect(moved).toBeGreaterThanOrEqual(20);
    expect(await calledIn(it, lost)).toBe(0);
  } finally {
    answer.reject(new Error('Postgres does not return'));
    await ticking.close();
    await it.close();
  }
});
