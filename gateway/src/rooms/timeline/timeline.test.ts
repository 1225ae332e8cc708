import { cleanUpTimeline, readTimeline } from '@shopfast/db/timeline';
import { manualClock } from '@shopfast/kit/clock';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { openTestGateway, type TestGateway } from '../../testing/gateway.ts';
import type { Snapshot } from '../room.ts';
import { createTimelineKeeper } from './keep.ts';

let it: TestGateway;
beforeAll(async () => {
  it = await openTestGateway({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') });
});
afterAll(() => it.close());

const NOTHING: Snapshot = {
  serving: 0,
  waiting: 0,
  active: 0,
  issued: 0,
  remaining: null,
  held: null,
  sold: null,
  priority: { issued: 0, serving: 0, waiting: 0, called: 0 },
  callsInLastMinute: 0,
  madeAt: 0,
  joined: 0,
  called: 0,
  dropped: 0,
  version: 1,
  at: 0,
};

/** A gateway that sees only what the test gives it, with a movable clock. */
function recordingGateway(room: string, startMs: number) {
  const clock = manualClock(startMs);
  const seen = { ...it.gateway.rooms.get(room), id: room };
  const rooms = { ...it.gateway.rooms, all: () => [seen], has: () => true };
  const keeper = createTimelineKeeper({ ...it.gateway, clock, rooms });
  return {
    clock,
    prune: keeper.prune,
    sees: async (at: number, figures: Partial<Snapshot>) => {
      seen.snapshot = { ...NOTHING, madeAt: startMs, ...figures, at };
      await keeper.sample();
    },
  };
}

/** A room without samples from the ticker. */
async function quietRoom(): Promise<string> {
  const id = `t-${Math.random().toString(36).slice(2, 12)}`;
  await it.admin('POST', '/rooms', { id });
  return id;
}

const T0 = Date.UTC(2030, 0, 1, 12);
const read = (room: string, fromMs: number, toMs: number, step: number) =>
  readTimeline(
    it.gateway.sql,
    room,
    { from: new Date(fromMs), to: new Date(toMs), step },
    step < 60 ? 'second' : 'minute',
  );

describe('samples', () => {
  test('several gateways that see the same seconds count them once', async () => {
    const room = await quietRoom();
    const gateways = [recordingGateway(room, T0), recordingGateway(room, T0), recordingGateway(room, T0)];
    for (let second = 0; second < 10; second += 1)
      await Promise.all(
        gateways.map((gateway, i) =>
          gateway.sees(T0 + second * 1_000 + i * 100, {
            joined: second * 7,
            called: second * 3,
            dropped: second,
          }),
        ),
      );
    const [all] = await read(room, T0, T0 + 10_000, 30);
    expect(all).toMatchObject({ joins: 63, calls: 27, drop_outs: 9 });
    const points = await read(room, T0, T0 + 10_000, 1);
    expect(points.map((point) => point.joins)).toEqual([0, 7, 7, 7, 7, 7, 7, 7, 7, 7]);
  });

  test('a step counts from the sample before the range, and is complete after a gap', async () => {
    const room = await quietRoom();
    const gateway = recordingGateway(room, T0);
    for (const [second, joined] of [
      [0, 10],
      [1, 20],
      [5, 60],
    ] as const)
      await gateway.sees(T0 + second * 1_000, { joined });
    const points = await read(room, T0 + 1_000, T0 + 9_000, 1);
    expect(points.map((point) => [point.at.getTime() - T0, point.joins])).toEqual([
      [1_000, 10],
      [5_000, 40],
    ]);
  });

  test('a reset or an emptied Redis causes neither negative counts nor a spike', async () => {
    const room = await quietRoom();
    const gateway = recordingGateway(room, T0);
    await gateway.sees(T0, { joined: 500, called: 90, issued: 500 });
    await gateway.sees(T0 + 1_000, { joined: 510, called: 95, issued: 510 });
    await gateway.sees(T0 + 2_000, { madeAt: T0 + 1_500, joined: 4, called: 1, issued: 1_514 });
    const points = await read(room, T0, T0 + 3_000, 1);
    expect(points.map((point) => [point.joins, point.calls])).toEqual([
      [500, 90],
      [10, 5],
      [4, 1],
    ]);
  });

  test('counts from before the kept history do not appear as a spike', async () => {
    const room = await quietRoom();
    await recordingGateway(room, T0 - 86_400_000).sees(T0, { joined: 9_999 });
    expect((await read(room, T0 - 60_000, T0 + 1_000, 1))[0]?.joins).toBe(0);
  });

  test('a minute is its last second; the counts of minutes equal those of seconds', async () => {
    const room = await quietRoom();
    const gateway = recordingGateway(room, T0);
    for (let second = 0; second < 150; second += 10)
      await gateway.sees(T0 + second * 1_000, { joined: second + 5, waiting: second });
    gateway.clock.advance(150_000);
    await gateway.prune();
    await gateway.prune();
    const minutes = await read(room, T0, T0 + 180_000, 60);
    expect(minutes.map(({ waiting, joins }) => [waiting, joins])).toEqual([
      [50, 55],
      [110, 60],
      [140, 30],
    ]);
    const [both] = await read(room, T0, T0 + 120_000, 120);
    expect(both).toMatchObject({ waiting: 110, joins: 115 });
  });

  test('seconds are deleted after an hour and minutes after 30 days, in bounded portions', async () => {
    // Before everything that the other tests have written.
    const start = T0 - 10 * 86_400_000;
    const room = await quietRoom();
    const gateway = recordingGateway(room, start);
    for (let second = 0; second < 12; second += 1) await gateway.sees(start + second * 1_000, {});
    await gateway.prune();
    const olderThan = (ms: number) => ({ secondsBefore: new Date(ms), minutesBefore: new Date(start) });
    await cleanUpTimeline(it.gateway.sql, { ...olderThan(start), limit: 10_000 });
    const bounds = { ...olderThan(start + 11_000), limit: 4 };
    expect(await cleanUpTimeline(it.gateway.sql, bounds)).toBe(4);
    expect(await read(room, start, start + 12_000, 1)).toHaveLength(8);
    gateway.clock.advance(2 * 3_600_000);
    await gateway.prune();
    expect(await read(room, start, start + 12_000, 1)).toHaveLength(0);
    expect(await read(room, start, start + 60_000, 60)).toHaveLength(1);
    gateway.clock.advance(30 * 86_400_000);
    await gateway.prune();
    expect(await read(room, start, start + 60_000, 60)).toHaveLength(0);
  });
});

describe('the timeline of a room', () => {
  test('has joins, calls and drop-outs as they happened, each once', async () => {
    const room = await it.openRoom({ admissions_per_minute: 60_000, max_active: 3 });
    const join = async () => (await it.send('POST', `/v1/rooms/${room}/tickets`)).body.ticket as string;
    const tickets = [];
    for (let i = 0; i < 8; i += 1) tickets.push(await join());
    for (const ticket of tickets.slice(-2))
      await it.send('DELETE', `/v1/rooms/${room}/tickets/me`, { bearer: ticket });
    await it.admin('PUT', `/rooms/${room}/remaining`, { remaining: 40, held: 4, sold: 6 });
    await vi.waitFor(
      async () => {
        const { body } = await it.admin('GET', `/rooms/${room}/timeline`);
        expect(body.step_seconds).toBe(1);
        const total = (field: string) =>
          body.points.reduce((sum: number, point: Record<string, number>) => sum + (point[field] ?? 0), 0);
        expect([total('joins'), total('calls'), total('drop_outs')]).toEqual([8, 3, 2]);
        const last = { issued: 8, waiting: 3, active: 3, serving: 3, remaining: 40, held: 4, sold: 6 };
        expect(body.points.at(-1)).toMatchObject(last);
      },
      { timeout: 10_000 },
    );
  });

  const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000).toISOString();
  test.each([
    ['from', `from=${ago(0)}&to=${ago(60)}`],
    ['from', `from=${ago(60)}&to=${ago(60)}`],
    ['from', `from=${ago(31 * 86_400)}`],
    ['from', 'from=yesterday'],
    ['to', 'to=2026-01-01T00:00:00'],
    ['step', 'step=0'],
    ['step', 'step=-1'],
    ['step', 'step=1.5'],
    ['step', 'step=minute'],
    ['step', 'step=90'],
    ['step', 'step=100000'],
    ['step', `from=${ago(7_200)}&step=10`],
    ['step', `from=${ago(29 * 86_400)}&step=60`],
    ['step', `from=${ago(60)}&to=2100-01-01T00:00:00Z&step=1`],
  ])('refuses invalid ranges, naming %s: %s', async (field, query) => {
    const room = await quietRoom();
    const answer = await it.admin('GET', `/rooms/${room}/timeline?${query.replaceAll('+', '%2B')}`);
    expect(answer.status).toBe(422);
    expect(answer.body.errors[0].field).toBe(field);
  });

  test('chooses a step that gives at most 3,600 points, and refuses an unknown room', async () => {
    const room = await quietRoom();
    const step = async (query: string) =>
      (await it.admin('GET', `/rooms/${room}/timeline?${query}`)).body.step_seconds;
    expect(await step(`from=${ago(3_500)}`)).toBe(1);
    expect(await step(`from=${ago(86_400)}`)).toBe(60);
    expect(await step(`from=${ago(29 * 86_400)}`)).toBe(720);
    expect((await it.admin('GET', '/rooms/nowhere/timeline')).body.code).toBe('room_unknown');
  });
});
