import fc from 'fast-check';
import { afterEach, describe, expect, inject, test } from 'vitest';
import { openTestRoom, type TestRoom, type TestRoomSettings } from '../testing/room.ts';

const rooms: TestRoom[] = [];
async function open(settings: Partial<TestRoomSettings> = {}, parts = {}): Promise<TestRoom> {
  const room = await openTestRoom(inject('redisUrl'), settings, parts);
  rooms.push(room);
  return room;
}
afterEach(async () => {
  while (rooms.length > 0) await rooms.pop()?.close();
});

async function joinMany(room: TestRoom, count: number): Promise<void> {
  await Promise.all(Array.from({ length: count }, () => room.join()));
}

/** The most calls in any closed 60 s window that starts with a call. */
function busiestMinute(calls: Array<{ at: number; count: number }>): number {
  return Math.max(
    0,
    ...calls.map((first) =>
      calls
        .filter((call) => call.at >= first.at && call.at <= first.at + 60_000)
        .reduce((sum, call) => sum + call.count, 0),
    ),
  );
}

describe('rate', () => {
  test('a room of 600 a minute calls 594 to 600 in every full minute, for any timing of the ticks', async () => {
    const room = await open({ rate: 600, maxActive: 100_000, abandonMs: 3_600_000 });
    await joinMany(room, 3_000);
    const calls: Array<{ at: number; count: number }> = [];
    const jitter = [100, 93, 117, 100, 250, 100, 61, 100, 140];
    for (let step = 0; room.now() < 1_800_000_180_000; step += 1) {
      const { calledNow } = await room.tick();
      if (calledNow > 0) calls.push({ at: room.now(), count: calledNow });
      await room.advance(jitter[step % jitter.length] as number);
    }
    expect(busiestMinute(calls)).toBeLessThanOrEqual(600);
    for (let start = 1_800_000_001_000; start < 1_800_000_119_000; start += 1_000) {
      const inWindow = calls
        .filter((call) => call.at >= start && call.at < start + 60_000)
        .reduce((sum, call) => sum + call.count, 0);
      expect(inWindow).toBeGreaterThanOrEqual(594);
    }
  });

  test('a rate of one a minute works: a call at once, the next a minute later', async () => {
    const room = await open({ rate: 1, abandonMs: 3_600_000 });
    await joinMany(room, 3);
    const calls: number[] = [];
    const start = room.now();
    for (let step = 0; step < 1_250; step += 1) {
      if ((await room.tick()).calledNow > 0) calls.push(room.now() - start);
      await room.advance(100);
    }
    expect(calls).toHaveLength(3);
    expect(calls[0]).toBe(0);
    expect((calls[1] as number) - (calls[0] as number)).toBeGreaterThan(60_000);
    expect((calls[1] as number) - (calls[0] as number)).toBeLessThanOrEqual(60_200);
  });

  test('a pause saves no credit', async () => {
    const room = await open({ rate: 600 });
    await joinMany(room, 200);
    await room.tick();
    await room.configure({ state: 'paused' });
    for (let step = 0; step < 100; step += 1) {
      await room.advance(100);
      expect((await room.tick()).calledNow).toBe(0);
    }
    await room.configure({ state: 'open' });
    await room.advance(100);
    expect((await room.tick()).calledNow).toBeLessThanOrEqual(2);
  });

  test('an empty line saves no credit', async () => {
    const room = await open({ rate: 600 });
    for (let step = 0; step < 100; step += 1) {
      await room.tick();
      await room.advance(100);
    }
    await joinMany(room, 100);
    expect((await room.tick()).calledNow).toBeLessThanOrEqual(3);
  });

  test('a new rate takes effect with the next tick', async () => {
    const room = await open({ rate: 60 });
    await joinMany(room, 500);
    await room.tick();
    await room.configure({ rate: 6_000 });
    await room.advance(100);
    expect((await room.tick()).calledNow).toBeGreaterThanOrEqual(9);
  });

  test('calls in any 60 s never exceed the highest rate set in them (random test)', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            wait: fc.oneof(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 30_000 })),
            tickers: fc.integer({ min: 1, max: 8 }),
            rate: fc.option(fc.constantFrom(1, 7, 60, 600, 6_000), { freq: 8 }),
            pause: fc.option(fc.boolean(), { freq: 8 }),
          }),
          { minLength: 20, maxLength: 120 },
        ),
        async (steps) => {
          const room = await openTestRoom(inject('redisUrl'), {
            rate: 60,
            maxActive: 1_000_000,
            claimMs: 500,
          });
          try {
            await joinMany(room, 1_500);
            const calls: Array<{ at: number; count: number }> = [];
            const rates = [{ at: room.now(), rate: 60 }];
            for (const step of steps) {
              await room.advance(step.wait);
              if (step.rate !== null || step.pause !== null) {
                await room.configure({
                  ...(step.rate === null ? {} : { rate: step.rate }),
                  state: step.pause ? 'paused' : 'open',
                });
                rates.push({ at: room.now(), rate: room.settings.rate });
              }
              const ticks = await Promise.all(Array.from({ length: step.tickers }, () => room.tick()));
              const count = ticks.reduce((sum, each) => sum + each.calledNow, 0);
              if (count > 0) calls.push({ at: room.now(), count });
            }
            for (const { at: end } of calls) {
              const from = end - 60_000;
              const inWindow = calls.filter((call) => call.at >= from && call.at <= end);
              const before = rates.filter((rate) => rate.at <= from).at(-1) ?? rates[0];
              const set = [before, ...rates.filter((rate) => rate.at > from && rate.at <= end)];
              const highest = Math.max(...set.map((rate) => rate?.rate ?? 0));
              expect(inWindow.reduce((sum, call) => sum + call.count, 0)).toBeLessThanOrEqual(highest);
            }
          } finally {
            await room.close();
          }
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('order and caps', () => {
  test('tickets are called in the order of their numbers; no ticket is both waiting and called; active stays below its cap', async () => {
    const action = fc.oneof(
      { weight: 6, arbitrary: fc.constant({ kind: 'tick' as const }) },
      { weight: 4, arbitrary: fc.constant({ kind: 'join' as const }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('leave' as const), who: fc.nat() }) },
      { weight: 3, arbitrary: fc.record({ kind: fc.constant('claim' as const), who: fc.nat() }) },
      { weight: 3, arbitrary: fc.record({ kind: fc.constant('release' as const), who: fc.nat() }) },
      {
        weight: 2,
        arbitrary: fc.record({ kind: fc.constant('stock' as const), left: fc.integer({ min: 0, max: 6 }) }),
      },
      {
        weight: 2,
        arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.nat({ max: 20_000 }) }),
      },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 30, maxLength: 150 }), async (actions) => {
        const room = await openTestRoom(inject('redisUrl'), { rate: 6_000, maxActive: 8, claimMs: 10_000 });
        try {
          const joined: number[] = [];
          const order: number[] = [];
          const seenCalled = new Set<number>();
          let remaining: number | null = null;
          for (const step of actions) {
            const who = 'who' in step ? (joined[step.who % Math.max(1, joined.length)] ?? 0) : 0;
            if (step.kind === 'join') joined.push(await room.join());
            if (step.kind === 'leave' && who) await room.leave(who);
            if (step.kind === 'claim' && who) {
              const { outcome } = await room.claim(who);
              if (outcome === 'may_claim')
                await room.claim(who, {
                  token: `token-${who}`,
                  jti: `jti-${who}`,
                  expiresMs: room.now() + 30_000,
                });
            }
            if (step.kind === 'release' && who) await room.release(`jti-${who}`);
            if (step.kind === 'stock') {
              remaining = step.left;
              await room.stock(step.left, 1);
            }
            if (step.kind === 'wait') await room.advance(step.ms);
            if (step.kind === 'tick') {
              await room.advance(100);
              const result = await room.tick();
              const stockCap: number = remaining === null ? Number.POSITIVE_INFINITY : remaining * 3;
              if (result.calledNow > 0)
                expect(result.snapshot.active).toBeLessThanOrEqual(Math.min(8, stockCap));
              expect(result.snapshot.active).toBeLessThanOrEqual(8);
              for (const index of await room.called())
                if (!seenCalled.has(index)) {
                  seenCalled.add(index);
                  order.push(index);
                }
              for (const index of joined) {
                const { status } = await room.heartbeat(index);
                if (status === 'waiting') expect(seenCalled.has(index)).toBe(false);
              }
            }
          }
          expect(order).toEqual([...order].sort((a, b) => a - b));
        } finally {
          await room.close();
        }
      }),
      { numRuns: 30 },
    );
  });

  test('a ticket that left or was abandoned is skipped and blocks nobody', async () => {
    const room = await open({ rate: 60_000, abandonMs: 10_000 });
    await joinMany(room, 10);
    await room.leave(1);
    // All but 4 and 7 fall silent. The gateways keep ticking, so the silence counts against the tickets.
    for (let step = 0; step < 6; step += 1) {
      await room.configure({ state: 'paused' });
      await room.advance(2_500);
      await room.heartbeat(4);
      await room.heartbeat(7);
      await room.tick();
    }
    await room.configure({ state: 'open' });
    await room.advance(100);
    await room.tick();
    expect(await room.called()).toEqual([4, 7]);
    expect((await room.heartbeat(2)).status).toBe('expired');
    expect((await room.heartbeat(1)).status).toBe('left');
  });

  test('abandoned tickets are cleaned up in steps of a thousand each, and finally all of them', async () => {
    const room = await open({ rate: 1, abandonMs: 10_000 });
    await room.configure({ state: 'paused' });
    await joinMany(room, 2_500);
    const left: number[] = [2_500];
    for (let step = 0; step < 9; step += 1) {
      await room.advance(2_500);
      left.push((await room.tick()).snapshot.waiting);
    }
    const gone = left.slice(1).map((waiting, step) => (left[step] as number) - waiting);
    expect(Math.max(...gone)).toBeLessThanOrEqual(1_000);
    expect(left.at(-1)).toBe(0);
  });

  test('silence while no gateway ticked expires nobody', async () => {
    const room = await open({ rate: 60_000, abandonMs: 10_000 });
    await room.configure({ state: 'paused' });
    await joinMany(room, 3);
    await room.tick();
    await room.advance(600_000);
    await room.configure({ state: 'open' });
    await room.tick();
    expect(await room.called()).toEqual([1, 2, 3]);
  });

  test('an unclaimed call frees its slot for the next within a tick', async () => {
    const room = await open({ rate: 60_000, maxActive: 1, claimMs: 5_000 });
    await joinMany(room, 2);
    await room.tick();
    expect(await room.called()).toEqual([1]);
    await room.advance(5_100);
    await room.tick();
    expect(await room.called()).toEqual([2]);
    expect((await room.heartbeat(1)).status).toBe('expired');
  });

  test('a spent token frees its slot; releasing it again changes nothing', async () => {
    const room = await open({ rate: 60_000, maxActive: 1 });
    await joinMany(room, 2);
    await room.tick();
    await room.claim(1, { token: 'token', jti: 'jti-1', expiresMs: room.now() + 600_000 });
    expect(await room.release('jti-1')).toBe(true);
    expect(await room.release('jti-1')).toBe(false);
    await room.advance(100);
    const { snapshot } = await room.tick();
    expect(snapshot.active).toBe(1);
    expect((await room.heartbeat(2)).status).toBe('called');
  });

  test('with nothing remaining and nothing held the room is sold out; returned stock admits the next', async () => {
    const room = await open({ rate: 60_000 });
    await joinMany(room, 10);
    await room.stock(0, 0, 50);
    expect((await room.tick()).calledNow).toBe(0);
    await room.stock(1, 0, 49);
    await room.advance(100);
    expect((await room.tick()).calledNow).toBe(3);
  });

  test('an older stock figure never overwrites a newer one', async () => {
    const room = await open();
    expect(await room.stock(5, 0, 45, 7)).toBe('stored');
    expect(await room.stock(50, 0, 0, 3)).toBe('stale');
    expect((await room.tick()).snapshot.remaining).toBe(5);
  });

  test('admission by hand ignores the rate and respects the caps', async () => {
    const room = await open({ rate: 1, maxActive: 4 });
    await joinMany(room, 10);
    expect((await room.tick(10)).calledNow).toBe(4);
  });
});

describe('tickets', () => {
  test('a repeated join gets one number', async () => {
    const room = await open();
    const first = await room.join('operation-1');
    expect(await room.join('operation-1')).toBe(first);
    expect(await room.join('operation-2')).toBe(first + 1);
  });

  test('a repeated claim gives the same token, even when two claims race', async () => {
    const room = await open({ rate: 60_000 });
    await room.join();
    await room.tick();
    const expires = room.now() + 600_000;
    const both = await Promise.all([
      room.claim(1, { token: 'token-a', jti: 'jti-a', expiresMs: expires }),
      room.claim(1, { token: 'token-b', jti: 'jti-b', expiresMs: expires }),
    ]);
    expect(both[0]).toEqual(both[1]);
    expect(await room.redis.hlen(room.keys.tokens)).toBe(1);
  });

  test('ahead counts only live tickets', async () => {
    const room = await open({ rate: 1 });
    await joinMany(room, 10);
    await room.leave(2);
    await room.leave(3);
    await room.leave(9);
    expect(await room.heartbeat(8)).toEqual({ status: 'waiting', number: 8, ahead: 5, waiting: 7 });
  });

  test('a signed ticket keeps its number in a Redis that lost its last second', async () => {
    const room = await open({ rate: 1 });
    await joinMany(room, 3);
    expect((await room.heartbeat(5)).status).toBe('waiting');
    expect(await room.join()).toBe(6);
  });
});

describe('after Redis has lost the room', () => {
  test('numbers and their order stay, and no newcomer gets ahead of a holder who returns', async () => {
    const room = await open({ rate: 60_000, maxActive: 2 });
    await joinMany(room, 30);
    await room.tick();
    await room.loseAndRestore({ issued: 25, serving: 1, margin: 20, callLog: room.callLog() });
    expect(await room.heartbeat(30)).toMatchObject({ status: 'waiting', number: 30 });
    expect(await room.join()).toBe(46);
    await room.tick();
    await room.advance(100);
    await room.tick();
    expect(await room.called()).toEqual([2, 3]);
  });

  test('a called ticket without a claim is called again; a waiting one still waits', async () => {
    const room = await open({ rate: 60_000, maxActive: 3 });
    await joinMany(room, 10);
    await room.tick(3);
    await room.loseAndRestore({ issued: 10, serving: 3, margin: 20, callLog: room.callLog() });
    expect(await room.heartbeat(2)).toMatchObject({ status: 'waiting', number: 2, ahead: 0 });
    expect((await room.heartbeat(4)).status).toBe('waiting');
    await room.advance(100);
    await room.tick();
    expect((await room.heartbeat(2)).status).toBe('called');
    expect((await room.claim(2)).outcome).toBe('may_claim');
  });

  test('numbers that perhaps nobody holds block nobody; their holders are called when they return', async () => {
    const room = await open({ rate: 60_000, maxActive: 100 });
    await joinMany(room, 12);
    await room.loseAndRestore({ issued: 10, serving: 9, margin: 500, callLog: room.callLog() });
    const late = await room.join();
    await room.tick();
    await room.advance(100);
    await room.tick();
    expect(await room.called()).toEqual([10, late]);
    expect((await room.heartbeat(12)).status).toBe('waiting');
    await room.advance(100);
    await room.tick();
    expect((await room.heartbeat(12)).status).toBe('called');
    expect(await room.called()).toEqual([10, 12, late]);
  });

  test('an unused margin blocks nobody, also when another gateway later reports more calls', async () => {
    const room = await open({ rate: 60_000, maxActive: 100 });
    await joinMany(room, 10);
    await room.loseAndRestore({ issued: 10, serving: 6, margin: 500, callLog: room.callLog() });
    const first = await room.join();
    const knowsMore = { epoch: 1, issued: 10, serving: 9, margin: 20 };
    await room.tick(0, knowsMore);
    const second = await room.join('second', knowsMore);
    for (let step = 0; step < 3; step += 1) {
      await room.advance(100);
      await room.tick(0, knowsMore);
    }
    expect(await room.called()).toEqual([10, first, second]);
  });

  test('a Redis that is a second behind gives no number twice: what a gateway remembers counts', async () => {
    const room = await open({ rate: 60_000, maxActive: 10 });
    await joinMany(room, 20);
    const behind = await room.redis.hgetall(room.keys.room);
    await joinMany(room, 10);
    const highWaterMarks = { epoch: 1, issued: 30, serving: 0, margin: 20 };
    await room.redis.hset(room.keys.room, behind);
    expect(await room.join('after-the-restart', highWaterMarks)).toBe(51);

    await room.tick(4, highWaterMarks);
    await room.redis.hset(room.keys.room, behind);
    const { snapshot } = await room.tick(0, { ...highWaterMarks, issued: 51, serving: 4 });
    expect(snapshot.serving).toBeGreaterThanOrEqual(4);
    expect(snapshot.issued).toBeGreaterThanOrEqual(71);
  });

  test('high-water marks of an earlier epoch do not count', async () => {
    const room = await open();
    expect(await room.join('first', { epoch: 0, issued: 1_000, serving: 500, margin: 20 })).toBe(1);
    expect((await room.tick(0, { epoch: 0, issued: 1_000, serving: 500, margin: 20 })).snapshot.serving).toBe(
      1,
    );
  });

  test('calling again respects the active cap', async () => {
    const room = await open({ rate: 60_000, maxActive: 2 });
    await joinMany(room, 10);
    await room.loseAndRestore({ issued: 10, serving: 5, margin: 20, callLog: room.callLog() });
    for (const index of [1, 2, 3, 4]) await room.heartbeat(index);
    await room.advance(100);
    expect((await room.tick()).snapshot.active).toBe(2);
  });
});
