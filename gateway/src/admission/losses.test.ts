import { randomId } from '@shopfast/kit/random-id';
import { runs } from '@shopfast/kit/testing/runs';
import fc from 'fast-check';
import { afterEach, describe, expect, inject, test, vi } from 'vitest';
import { roomKeys } from '../lua/keys.ts';
import { type CallLog, fromStored, toStored } from '../rooms/call-log.ts';
import { openTestGateway } from '../testing/gateway.ts';
import { openTestRoom, type TestRoom, type TestRoomSettings } from '../testing/room.ts';

const rooms: TestRoom[] = [];
afterEach(async () => {
  while (rooms.length > 0) await rooms.pop()?.close();
});

const PATIENT = { maxActive: 1_000_000, abandonMs: 3_600_000, claimMs: 3_600_000 };

async function openCrowded(
  settings: Partial<TestRoomSettings>,
  people: number,
  parts = {},
): Promise<TestRoom> {
  const room = await openTestRoom(inject('redisUrl'), { ...PATIENT, ...settings }, parts);
  rooms.push(room);
  for (let joined = 0; joined < people; joined += 1_000)
    await Promise.all(Array.from({ length: Math.min(1_000, people - joined) }, () => room.join()));
  return room;
}

/**
 * A room with gateways that tick in real time, while the clock of Redis may differ. Every call is recorded with real
 * time.
 * @param people joined beforehand
 */
async function openWatched(room: TestRoom, people: number, gateways = 1) {
  let real = 0;
  const calls: Array<{ at: number; count: number }> = [];
  const logs: (CallLog | null)[] = Array.from({ length: gateways }, () => null);
  let [serving, stored]: [number, ReturnType<typeof store> | null] = [0, null];
  const store = (log: CallLog) => ({ room_id: room.id, epoch: 1, known_at: log.redisAt, log: toStored(log) });

  return {
    calls,
    real: () => real,
    pass: async (ms: number) => {
      real += ms;
      await room.advance(ms);
    },
    tick: async (gateway = 0) => {
      const result = await room.tick(0, {
        ...{ epoch: 1, issued: people, serving, margin: 20 },
        callLog: logs[gateway] ?? null,
      });
      logs[gateway] = result.callLog;
      serving = Math.max(serving, result.snapshot.serving);
      if (result.calledNow > 0) calls.push({ at: real, count: result.calledNow });
      return result;
    },
    /** Saves what the gateway knows, as it does every second. */
    save: (gateway = 0) => {
      const log = logs[gateway];
      if (log) stored = store(log);
    },
    restartGateway: (gateway: number) => {
      logs[gateway] = null;
    },
    /** Redis loses all data, and a gateway creates the room again. */
    lose: async (gateway = 0) => {
      const saved = stored && fromStored(stored, 0);
      const own = logs[gateway] ?? null;
      const later = own && saved ? (own.redisAt >= saved.redisAt ? own : saved) : (own ?? saved);
      await room.loseAndRestore({ issued: people, serving, margin: 20, callLog: later });
    },
    /** The most calls in any closed 60 s of real time. */
    most: () =>
      Math.max(
        0,
        ...calls.map(({ at }) =>
          calls
            .filter((call) => call.at >= at && call.at <= at + 60_000)
            .reduce((sum, { count }) => sum + count, 0),
        ),
      ),
  };
}

describe('the rate after a loss of Redis', { timeout: 300_000 }, () => {
  test.each([60, 300])(
    'after five losses within twenty seconds allows at most %i calls in any 60 s',
    async (rate) => {
      const people = rate * 3;
      const watched = await openWatched(await openCrowded({ rate }, people), people);
      for (let step = 0; watched.real() < 130_000; step += 1) {
        await watched.tick();
        await watched.pass(100);
        if (watched.real() >= 55_000 && watched.real() <= 71_000 && step % 40 === 0) await watched.lose();
      }
      expect(watched.most()).toBeLessThanOrEqual(rate);
      // Unknown calls cost less than one second of calls per loss.
      const total = watched.calls.reduce((sum, { count }) => sum + count, 0);
      expect(total).toBeGreaterThan(rate * 2 - 5 * (rate / 60 + 2));
    },
  );

  test('assumes a full minute when no calls are known: then nobody is called for a minute', async () => {
    const room = await openCrowded({ rate: 600 }, 700);
    const watched = await openWatched(room, 700);
    for (let step = 0; step < 20; step += 1) {
      await watched.tick();
      await watched.pass(100);
    }
    watched.restartGateway(0);
    await watched.lose();
    const lostAt = watched.real();
    while (watched.real() < lostAt + 62_000) {
      await watched.tick();
      await watched.pass(100);
    }
    const after = watched.calls.filter(({ at }) => at > lostAt);
    expect(after[0]?.at).toBeGreaterThan(lostAt + 60_000);
    expect(after[0]?.at).toBeLessThan(lostAt + 60_500);
  });

  test('is never above the setting: any rate, any number of gateways, any losses, restarts and pauses, at random', {
    timeout: 300_000,
  }, async () => {
    const rates = fc.constantFrom(1, 7, 60, 300, 600, 6_000, 60_000);
    const action = fc.record({
      gateway: fc.nat(3),
      ms: fc.oneof(
        { weight: 8, arbitrary: fc.integer({ min: 1, max: 1_200 }) },
        { weight: 1, arbitrary: fc.integer({ min: 2_000, max: 9_000 }) },
      ),
      what: fc.oneof(
        { weight: 16, arbitrary: fc.constant('tick' as const) },
        { weight: 2, arbitrary: fc.constant('lose' as const) },
        { weight: 2, arbitrary: fc.constant('save' as const) },
        { weight: 1, arbitrary: fc.constant('restart' as const) },
        { weight: 1, arbitrary: fc.constant('restart all, and lose' as const) },
      ),
    });
    await fc.assert(
      fc.asyncProperty(
        rates,
        fc.integer({ min: 1, max: 4 }),
        fc.array(action, { minLength: 60, maxLength: 250, size: 'max' }),
        async (rate, gateways, actions) => {
          const people = Math.min(rate * 3 + 10, 20_000);
          const room = await openTestRoom(inject('redisUrl'), { ...PATIENT, rate });
          try {
            await room.redis.hset(room.keys.room, 'issued', people);
            const watched = await openWatched(room, people, gateways);
            for (const { what, gateway: of4, ms } of actions) {
              const gateway = of4 % gateways;
              if (what === 'tick') await watched.tick(gateway);
              if (what === 'save') watched.save(gateway);
              if (what === 'restart') watched.restartGateway(gateway);
              if (what === 'restart all, and lose')
                for (let each = 0; each < gateways; each += 1) watched.restartGateway(each);
              if (what.endsWith('lose')) await watched.lose(gateway);
              await watched.pass(ms);
            }
            expect(watched.most()).toBeLessThanOrEqual(rate);
          } finally {
            await room.close();
          }
        },
      ),
      { numRuns: runs(20), seed: 20_261_201 },
    );
  });

  test('holds when Redis returns a second behind: a gateway that knows more restores the log', async () => {
    const room = await openCrowded({ rate: 60 }, 300);
    const watched = await openWatched(room, 300);
    const step = async () => {
      await watched.tick();
      await watched.pass(100);
    };
    while (watched.real() < 57_000) await step();
    for (let times = 0; times < 20; times += 1) {
      const [fields, log] = [
        await room.redis.hgetall(room.keys.room),
        await room.redis.lrange(room.keys.calls, 0, -1),
      ];
      for (let steps = 0; steps < 10; steps += 1) await step();
      await room.redis.hset(room.keys.room, fields);
      await room.redis.del(room.keys.calls);
      await room.redis.rpush(room.keys.calls, ...log);
    }
    while (watched.real() < 130_000) await step();
    expect(watched.most()).toBeLessThanOrEqual(60);
    expect(watched.calls.length).toBeGreaterThan(110);
  });
});

test('calls are saved, so that a room is restored with them when no gateway knows any', {
  timeout: 300_000,
}, async () => {
  const it = await openTestGateway({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') });
  const { redis, rooms: directory, sql, commands } = it.gateway;
  try {
    const id = await it.openRoom({ admissions_per_minute: 600, max_active: 1_000 });
    const keys = roomKeys(id);
    await Promise.all(Array.from({ length: 60 }, () => commands.join(directory.get(id), randomId(), 0)));
    const savedCalls = async () => {
      const [row] = await sql<{ log: { entries: [number, number][] } }[]>`
        select log from room_calls where room_id = ${id}`;
      return (row?.log.entries ?? []).reduce((sum, [, count]) => sum + count, 0);
    };
    await vi.waitFor(async () => expect(await savedCalls()).toBeGreaterThan(5), {
      timeout: 20_000,
      interval: 50,
    });
    const called = Number(await redis.hget(keys.room, 'called'));
    directory.remove(id);
    await redis.unlink(keys.room, keys.calls, keys.called, keys.active, `${keys.seenPrefix}0`);
    await vi.waitFor(async () => expect(await redis.exists(keys.room)).toBe(1), {
      timeout: 20_000,
      interval: 20,
    });
    // Calls after the last save are covered by the assumed ones.
    expect(Number(await redis.hget(keys.room, 'window'))).toBeGreaterThanOrEqual(called);
    expect(Number(await redis.hget(keys.room, 'window'))).toBeLessThan(600);
  } finally {
    await it.close();
  }
});

describe('a call that Redis lost', { timeout: 300_000 }, () => {
  test('is not repeated when its time to claim was over', async () => {
    const room = await openCrowded({ rate: 60_000, claimMs: 2_000 }, 100);
    const watched = await openWatched(room, 100);
    await watched.pass(100);
    await watched.tick();
    await room.tick(60);
    await watched.tick();
    const called = await room.called();
    expect(called.length).toBeGreaterThanOrEqual(60);
    await watched.pass(3_000);
    await watched.tick();
    for (const index of called) expect((await room.heartbeat(index)).status).toBe('expired');
    await watched.lose();
    for (const index of called) expect((await room.heartbeat(index)).status).toBe('expired');
    await watched.pass(100);
    await watched.tick();
    expect(await room.redis.exists(room.keys.recalls)).toBe(0);
    for (const index of called) expect((await room.heartbeat(index)).status).toBe('expired');
  });

  test('is repeated while its time lasts, within the rate, before new ones, and is in the log', async () => {
    const room = await openCrowded({ rate: 60, claimMs: 60_000 }, 100);
    const watched = await openWatched(room, 100);
    while (watched.real() < 20_000) {
      await watched.tick();
      await watched.pass(100);
    }
    const lost = await room.called();
    expect(lost.length).toBeGreaterThanOrEqual(20);
    const before = watched.calls.length;
    await watched.lose();
    for (const index of lost)
      expect(await room.heartbeat(index)).toMatchObject({ status: 'waiting', number: index, ahead: 0 });
    const again: number[] = [];
    while (again.length < lost.length && watched.real() < 120_000) {
      await watched.tick();
      await watched.pass(100);
      for (const index of await room.called()) if (!again.includes(index)) again.push(index);
    }
    expect(again).toEqual(lost);
    expect(watched.calls.length - before).toBe(lost.length);
    expect(watched.most()).toBeLessThanOrEqual(60);
  });

  test('is not repeated for a holder who leaves meanwhile', async () => {
    const room = await openCrowded({ rate: 600 }, 10);
    const watched = await openWatched(room, 10);
    for (let step = 0; step < 5; step += 1) {
      await watched.tick();
      await watched.pass(100);
    }
    await watched.lose();
    expect((await room.heartbeat(1)).status).toBe('waiting');
    expect(await room.leave(1)).toEqual({ outcome: 'left' });
    await watched.pass(1_000);
    await watched.tick();
    expect(await room.called()).not.toContain(1);
    expect((await room.heartbeat(1)).status).toBe('left');
  });
});

describe('when the clock of Redis steps', { timeout: 300_000 }, () => {
  const STEPS = [1_000, 30_000, 3_600_000];

  test.each(STEPS)('back by %i ms, calls continue at their rate, and no minute exceeds it', async (by) => {
    const room = await openCrowded({ rate: 60 }, 400);
    const watched = await openWatched(room, 400);
    while (watched.real() < 150_000) {
      if (watched.real() === 61_000) await room.advance(-by);
      await watched.tick();
      await watched.pass(100);
    }
    const gaps = watched.calls.map(({ at }, nth) => at - (watched.calls[nth - 1]?.at ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(1_300);
    expect(watched.most()).toBeLessThanOrEqual(60);
    expect(watched.calls.length).toBeGreaterThanOrEqual(147);
  });

  test.each(STEPS)('forward by %i ms, a minute has at most one more second of calls', async (by) => {
    const room = await openCrowded({ rate: 600 }, 2_500);
    const watched = await openWatched(room, 2_500);
    while (watched.real() < 150_000) {
      if (watched.real() === 30_000) await room.advance(by);
      await watched.tick();
      await watched.pass(100);
    }
    expect(watched.most()).toBeLessThanOrEqual(600 + 10 + 1);
  });

  test('back, a called ticket has the usual time to claim, and its slot is free afterwards', async () => {
    const room = await openCrowded({ rate: 600, maxActive: 3, claimMs: 5_000 }, 10);
    const watched = await openWatched(room, 10);
    while (watched.real() < 1_000) {
      await watched.tick();
      await watched.pass(100);
    }
    expect(await room.called()).toEqual([1, 2, 3]);
    await room.advance(-3_600_000);
    for (let step = 0; step < 60; step += 1) {
      await watched.tick();
      await watched.pass(100);
    }
    expect(await room.called()).toEqual([4, 5, 6]);
  });

  test('back after the rate was lowered, the old limit still ends a minute later', async () => {
    const room = await openCrowded({ rate: 600 }, 3_000);
    const watched = await openWatched(room, 3_000);
    const until = async (ms: number) => {
      while (watched.real() < ms) {
        await watched.tick();
        await watched.pass(100);
      }
    };
    await until(61_000);
    await room.configure({ rate: 60 });
    await room.advance(-3_600_000);
    await until(200_000);
    const lowered = watched.calls.filter(({ at }) => at >= 125_000 && at <= 185_000);
    expect(lowered.reduce((sum, { count }) => sum + count, 0)).toBeLessThanOrEqual(60);
  });
});
