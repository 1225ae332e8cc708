import { createLifecycle } from '@shopfast/kit/lifecycle';
import { randomId } from '@shopfast/kit/random-id';
import { isNightly } from '@shopfast/kit/testing/runs';
import { afterEach, expect, inject, test, vi } from 'vitest';
import { roomKeys } from '../lua/keys.ts';
import { openTestGateway } from '../testing/gateway.ts';
import { openTestRoom, type TestRoom, type TestRoomSettings } from '../testing/room.ts';
import { startTicker } from './ticker.ts';

const rooms: TestRoom[] = [];
async function openCrowded(settings: Partial<TestRoomSettings>, people: number): Promise<TestRoom> {
  const patient = { maxActive: 1_000_000, abandonMs: 3_600_000, claimMs: 3_600_000 };
  const room = await openTestRoom(inject('redisUrl'), { ...patient, ...settings });
  rooms.push(room);
  for (let joined = 0; joined < people; joined += 1_000)
    await Promise.all(Array.from({ length: Math.min(1_000, people - joined) }, () => room.join()));
  return room;
}
afterEach(async () => {
  while (rooms.length > 0) await rooms.pop()?.close();
});

/** Steps of one to eight gateways, at irregular intervals, some of them late. */
const WAITS = [100, 93, 7, 117, 100, 250, 100, 61, 100, 3];
const TICKERS = [1, 8, 2, 5, 3];

const RATES = isNightly ? [1, 7, 60, 600, 6_000, 60_000] : [1, 60, 6_000];

test.each(RATES)(
  'a rate of %i a minute is reached to within 1 % in each minute, and never exceeded, with one to eight tickers',
  { timeout: 120_000 },
  async (rate) => {
    const room = await openCrowded({ rate }, Math.ceil(rate * 1.25));
    const start = room.now();
    const calls: Array<{ at: number; count: number }> = [];
    for (let step = 0; room.now() < start + 72_000; step += 1) {
      const tickers = TICKERS[step % TICKERS.length] as number;
      const steps = await Promise.all(Array.from({ length: tickers }, () => room.tick()));
      const count = steps.reduce((sum, { calledNow }) => sum + calledNow, 0);
      if (count > 0) calls.push({ at: room.now(), count });
      await room.advance(WAITS[step % WAITS.length] as number);
    }
    const within = (from: number) =>
      calls.filter(({ at }) => at >= from && at <= from + 60_000).reduce((sum, { count }) => sum + count, 0);
    for (const { at } of calls) expect(within(at)).toBeLessThanOrEqual(rate);
    for (let from = start + 1_000; from <= start + 10_000; from += 500)
      expect(within(from)).toBeGreaterThanOrEqual(rate * 0.99 - 1);
  },
);

test('raising cap and rate after a long block releases at most the calls of one step', async () => {
  const room = await openCrowded({ rate: 60, maxActive: 5 }, 2_000);
  for (let step = 0; step < 600; step += 1) {
    await room.tick();
    await room.advance(100);
  }
  expect(await room.called()).toHaveLength(5);
  await room.configure({ rate: 6_000, maxActive: 1_000_000 });
  for (let step = 0; step < 5; step += 1) {
    // 100 a second: ten per step, and the remainder of the step before.
    expect((await room.tick()).calledNow).toBeLessThanOrEqual(11);
    await room.advance(100);
  }
});

test('gateway clocks that jump, stop or run fast change nothing: the rate follows Redis’s clock', {
  timeout: 60_000,
}, async () => {
  // The gateway's own ticker makes one step and then rests. Only those with the wrong clocks remain.
  const it = await openTestGateway(
    { databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') },
    { tickMs: 3_600_000 },
  );
  const { gateway } = it;
  const id = await it.openRoom({ admissions_per_minute: 600, max_active: 1_000_000 });
  const room = gateway.rooms.get(id);
  await Promise.all(Array.from({ length: 300 }, () => gateway.commands.join(room, randomId(), 0)));
  const started = gateway.clock.now();
  const clocks = [
    () => gateway.clock.now() + (Math.random() - 0.5) * 7_200_000,
    () => started,
    () => started + (gateway.clock.now() - started) * 100,
  ];
  const readRoom = async () => {
    const [[, [seconds, micros]], [, serving]] = (await gateway.redis
      .multi()
      .time()
      .hget(roomKeys(id).room, 'serving')
      .exec()) as unknown as [[null, [string, string]], [null, string]];
    return { at: Number(seconds) * 1_000 + Number(micros) / 1_000, serving: Number(serving) };
  };
  const ticking = createLifecycle();
  try {
    for (const now of clocks)
      startTicker({ ...gateway, clock: { now }, config: { ...gateway.config, tickMs: 50 } }, ticking);
    await vi.waitFor(async () => expect((await readRoom()).serving).toBeGreaterThan(0), { timeout: 5_000 });
    const from = await readRoom();
    await vi.waitFor(
      async () => expect((await readRoom()).serving - from.serving).toBeGreaterThanOrEqual(30),
      {
        timeout: 30_000,
        interval: 50,
      },
    );
    const to = await readRoom();
    // Ten a second, and at most one that was already due.
    expect(to.serving - from.serving).toBeLessThanOrEqual((to.at - from.at) / 100 + 2);
  } finally {
    await ticking.close();
    await it.close();
  }
});
