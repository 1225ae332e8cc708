import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, describe, expect, inject, test } from 'vitest';
import { runCountUses } from '../lua/count-uses.ts';
import { runJoinWithCode } from '../lua/join-with-code.ts';
import { NO_HIGH_WATER_MARKS } from '../rooms/high-water-marks.ts';
import { openTestRoom, type TestRoom, type TestRoomSettings } from '../testing/room.ts';

const rooms: TestRoom[] = [];
async function open(settings: Partial<TestRoomSettings> & { state?: string } = {}): Promise<TestRoom> {
  const room = await openTestRoom(inject('redisUrl'), settings);
  rooms.push(room);
  return room;
}
afterEach(async () => {
  while (rooms.length > 0) await rooms.pop()?.close();
});

const LINES = ['ordinary', 'priority'] as const;
const QUIET = { rate: 60_000, maxActive: 1_000_000, abandonMs: 3_600_000 };

async function fill(room: TestRoom, ordinary: number, priority: number): Promise<void> {
  await Promise.all(Array.from({ length: ordinary }, () => room.join()));
  await Promise.all(Array.from({ length: priority }, () => room.redeem()));
}

const calledOf = async (room: TestRoom) =>
  Promise.all(LINES.map(async (line) => (await room.called(line)).length)) as Promise<[number, number]>;

/** Calls one ticket at a time. @returns the lines that were called, in order: "opoo…" */
async function callOneByOne(room: TestRoom, calls: number): Promise<string> {
  let order = '';
  for (let call = 0; call < calls; call += 1) {
    const [ordinary] = await calledOf(room);
    await room.advance(100);
    const { calledNow } = await room.tick(1);
    if (calledNow === 0) return order;
    order += (await calledOf(room))[0] > ordinary ? 'o' : 'p';
  }
  return order;
}

describe('the share of the priority line', () => {
  test('is one call in four: its first ticket is called next, and then every fourth call', async () => {
    const room = await open(QUIET);
    await fill(room, 20, 10);
    expect(await callOneByOne(room, 16)).toBe('pooopooopooopooo');
  });

  test('is exact to one call over any run of calls, and each line keeps its order of arrival (random test)', async () => {
    const who = fc.nat();
    const action = fc.oneof(
      {
        weight: 8,
        arbitrary: fc.record({ kind: fc.constant('call' as const), many: fc.constantFrom(1, 1, 1, 2, 5) }),
      },
      {
        weight: 4,
        arbitrary: fc.record({ kind: fc.constant('join' as const), many: fc.integer({ min: 1, max: 6 }) }),
      },
      {
        weight: 3,
        arbitrary: fc.record({ kind: fc.constant('redeem' as const), many: fc.integer({ min: 1, max: 4 }) }),
      },
      {
        weight: 2,
        arbitrary: fc.record({ kind: fc.constant('leave' as const), line: fc.constantFrom(...LINES), who }),
      },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 900 }),
        fc.array(action, { minLength: 40, maxLength: 120 }),
        async (share, actions) => {
          const room = await openTestRoom(inject('redisUrl'), { ...QUIET, priorityShare: share });
          try {
            const waiting: Record<(typeof LINES)[number], number[]> = { ordinary: [], priority: [] };
            const steps: Array<{ calls: number; priority: number; ordinaryHad: boolean; bothHad: boolean }> =
              [];
            for (const step of actions) {
              if (step.kind === 'join')
                for (let one = 0; one < step.many; one += 1) waiting.ordinary.push(await room.join());
              if (step.kind === 'redeem')
                for (let one = 0; one < step.many; one += 1) waiting.priority.push(await room.redeem());
              if (step.kind === 'leave' && waiting[step.line].length > 0) {
                const [index] = waiting[step.line].splice(step.who % waiting[step.line].length, 1);
                await room.leave(index as number, step.line);
              }
              if (step.kind !== 'call') continue;

              const had = { ordinary: waiting.ordinary.length, priority: waiting.priority.length };
              await room.advance(100);
              const { calledNow } = await room.tick(step.many);
              expect(calledNow).toBe(Math.min(step.many, had.ordinary + had.priority));
              for (const line of LINES) {
                const called = new Set(await room.called(line));
                const left = waiting[line].filter((index) => !called.has(index));
                // The called tickets were ahead of all others.
                expect(left).toEqual(waiting[line].slice(waiting[line].length - left.length));
                waiting[line] = left;
              }
              steps.push({
                calls: calledNow,
                priority: had.priority - waiting.priority.length,
                ordinaryHad: had.ordinary >= calledNow,
                bothHad: had.ordinary >= calledNow && had.priority >= calledNow,
              });
            }
            for (let from = 0; from < steps.length; from += 1) {
              let [calls, priority, contended] = [0, 0, true];
              for (const step of steps.slice(from)) {
                if (!step.ordinaryHad) break;
                contended &&= step.bothHad;
                calls += step.calls;
                priority += step.priority;
                expect(priority).toBeLessThanOrEqual(Math.ceil((calls * share) / 1_000));
                if (contended) expect(priority).toBeGreaterThanOrEqual(Math.floor((calls * share) / 1_000));
              }
            }
          } finally {
            await room.close();
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  test('saves no credit: after a thousand calls without priority, one of the first four calls is a priority one', async () => {
    const room = await open(QUIET);
    await fill(room, 1_010, 0);
    await room.redeem();
    await room.leave(1, 'priority');
    await room.tick(1_000);
    await fill(room, 0, 10);
    expect(await callOneByOne(room, 8)).toBe('pooopooo');
  });

  test('never stops the ordinary line, for any number of codes', async () => {
    const room = await open({ ...QUIET, priorityShare: 900 });
    await fill(room, 5, 20);
    for (let call = 0; call < 50; call += 1) {
      await fill(room, 0, 1);
      await room.advance(100);
      await room.tick(1);
    }
    expect(await calledOf(room)).toEqual([5, 45]);
  });

  test('goes to the other line when one is empty', async () => {
    const onlyPriority = await open(QUIET);
    await fill(onlyPriority, 0, 12);
    expect((await onlyPriority.tick(12)).calledNow).toBe(12);
    await onlyPriority.advance(100);
    await fill(onlyPriority, 4, 4);
    expect(await callOneByOne(onlyPriority, 8)).toBe('ooopoppp');

    const onlyOrdinary = await open(QUIET);
    await fill(onlyOrdinary, 12, 0);
    expect((await onlyOrdinary.tick(12)).calledNow).toBe(12);
  });

  test('of zero leaves the priority line waiting while anybody else waits', async () => {
    const room = await open({ ...QUIET, priorityShare: 0 });
    await fill(room, 6, 3);
    expect(await callOneByOne(room, 9)).toBe('ooooooppp');
  });

  test('that was changed applies from the next call', async () => {
    const room = await open(QUIET);
    await fill(room, 20, 20);
    expect(await callOneByOne(room, 4)).toBe('pooo');
    await room.configure({ priorityShare: 500 });
    expect(await callOneByOne(room, 8)).toMatch(/^(op|po){4}$/);
  });
});

describe('both lines together', () => {
  test('respect the rate: calls in any 60 s', async () => {
    const room = await open({ ...QUIET, rate: 60 });
    await fill(room, 150, 50);
    const calls: number[] = [];
    for (let step = 0; step < 1_300; step += 1) {
      const { calledNow } = await room.tick();
      for (let one = 0; one < calledNow; one += 1) calls.push(room.now());
      await room.advance(100);
    }
    const busiest = Math.max(
      ...calls.map((at) => calls.filter((other) => other >= at && other <= at + 60_000).length),
    );
    expect(busiest).toBeLessThanOrEqual(60);
    expect(calls.length).toBeGreaterThanOrEqual(125);
    const [ordinary, priority] = await calledOf(room);
    // Nobody claims here, so only the calls of the last minute are still active.
    expect(ordinary).toBeGreaterThan(priority);
  });

  test('respect the active cap and the stock cap', async () => {
    const room = await open({ ...QUIET, maxActive: 6 });
    await fill(room, 20, 20);
    expect((await room.tick(40)).snapshot.active).toBe(6);
    expect((await calledOf(room)).reduce((sum, called) => sum + called)).toBe(6);

    const scarce = await open({ ...QUIET, stockFactor: 2 });
    await fill(scarce, 20, 20);
    await scarce.stock(2);
    expect((await scarce.tick(40)).snapshot.active).toBe(4);
  });

  test('show their own figures', async () => {
    const room = await open(QUIET);
    await fill(room, 8, 4);
    const { snapshot } = await room.tick(4);
    expect(snapshot).toMatchObject({ issued: 8, serving: 3, waiting: 5 });
    expect(snapshot.priority).toEqual({ issued: 4, serving: 1, called: 1, waiting: 3 });
  });
});

describe('a priority ticket', () => {
  test('has its own number, and counts tickets ahead in its own line', async () => {
    const room = await open(QUIET);
    await fill(room, 8, 4);
    await room.leave(2, 'priority');
    expect(await room.heartbeat(4, 'priority')).toEqual({
      status: 'waiting',
      number: 4,
      ahead: 2,
      waiting: 3,
    });
    expect(await room.heartbeat(4)).toEqual({ status: 'waiting', number: 4, ahead: 3, waiting: 8 });
  });

  test('is claimed, spent and ended separately from the ordinary ticket with the same number', async () => {
    const room = await open(QUIET);
    await fill(room, 1, 1);
    await room.tick(2);
    await room.claim(1, { token: 'token-p', jti: 'jti-p', expiresMs: room.now() + 600_000 }, 'priority');
    await room.claim(1, { token: 'token-o', jti: 'jti-o', expiresMs: room.now() + 600_000 });
    expect(await room.release('jti-p')).toBe(true);
    const record = { record: expect.stringContaining('"completed"') };
    expect(await room.heartbeat(1, 'priority')).toMatchObject(record);
    expect(await room.heartbeat(1)).toMatchObject({ record: expect.stringContaining('"admitted"') });
    expect(await room.leave(1)).toEqual({ outcome: 'holds_token', jti: 'jti-o' });
    expect(await room.leave(1, 'ordinary', 'jti-o')).toEqual({ outcome: 'left' });
    expect((await room.heartbeat(1, 'priority')).status).toBe('called');
    expect((await room.heartbeat(1)).status).toBe('left');
  });

  test('that leaves after its call frees its own slot', async () => {
    const room = await open(QUIET);
    await fill(room, 1, 1);
    await room.tick(2);
    await room.leave(1, 'priority');
    expect((await room.heartbeat(1, 'priority')).status).toBe('left');
    expect((await room.heartbeat(1)).status).toBe('called');
    await room.advance(100);
    expect((await room.tick()).snapshot.active).toBe(1);
  });

  test('that left or fell silent is skipped, and an unclaimed call frees its slot', async () => {
    const room = await open({ rate: 60_000, maxActive: 1, abandonMs: 10_000, claimMs: 5_000 });
    await fill(room, 0, 5);
    await room.leave(1, 'priority');
    await room.configure({ state: 'paused' });
    for (let step = 0; step < 6; step += 1) {
      await room.advance(2_500);
      await room.heartbeat(3, 'priority');
      await room.heartbeat(5, 'priority');
      await room.tick();
    }
    expect((await room.tick()).snapshot.priority.waiting).toBe(2);
    expect(await room.heartbeat(5, 'priority')).toMatchObject({ status: 'waiting', ahead: 1 });
    await room.configure({ state: 'open' });
    await room.advance(100);
    await room.tick();
    expect(await room.called('priority')).toEqual([3]);
    await room.advance(5_100);
    await room.tick();
    expect(await room.called('priority')).toEqual([5]);
    expect((await room.heartbeat(2, 'priority')).status).toBe('expired');
    expect((await room.heartbeat(1, 'priority')).status).toBe('left');
  });

  test('of a lottery room keeps the order of arrival', async () => {
    const room = await open({ ...QUIET, lotterySeed: 'seed', state: 'lobby' });
    await fill(room, 50, 5);
    await room.configure({ state: 'open' });
    for (const index of [1, 2, 3, 4, 5])
      expect(await room.heartbeat(index, 'priority')).toMatchObject({ number: index });
    await room.tick(8);
    expect(await room.called('priority')).toEqual([1, 2]);
  });
});

describe('the priority line after Redis has lost the room', () => {
  test('keeps its numbers and their order, and gives no number twice', async () => {
    const room = await open({ ...QUIET, maxActive: 2 });
    await fill(room, 0, 30);
    await room.tick();
    await room.loseAndRestore({ margin: 20, priority: { issued: 25, serving: 1 }, callLog: room.callLog() });
    expect(await room.heartbeat(30, 'priority')).toMatchObject({ status: 'waiting', number: 30 });
    expect(await room.redeem()).toBe(46);
    await room.tick();
    await room.advance(100);
    await room.tick();
    expect(await room.called('priority')).toEqual([2, 3]);
  });

  test('repeats lost calls, and does not wait for numbers that perhaps nobody holds', async () => {
    const room = await open({ ...QUIET, maxActive: 100 });
    await fill(room, 0, 12);
    await room.loseAndRestore({ margin: 500, priority: { issued: 10, serving: 9 }, callLog: room.callLog() });
    const late = await room.redeem();
    await room.tick();
    await room.advance(100);
    await room.tick();
    expect(await room.called('priority')).toEqual([10, late]);
    for (const index of [12, 9]) expect((await room.heartbeat(index, 'priority')).status).toBe('waiting');
    await room.advance(100);
    await room.tick();
    for (const index of [12, 9]) expect((await room.heartbeat(index, 'priority')).status).toBe('called');
  });

  test('continues above a gateway’s high-water marks when Redis is a second behind', async () => {
    const room = await open({ ...QUIET, maxActive: 10 });
    await fill(room, 0, 20);
    const behind = await room.redis.hgetall(room.keys.room);
    await fill(room, 0, 10);
    await room.redis.hset(room.keys.room, behind);
    const highWaterMarks = { epoch: 1, issued: 30, serving: 0, margin: 20 };
    expect(await room.redeem('priority', {}, randomUUID(), highWaterMarks)).toBe(51);
    await room.redis.hset(room.keys.room, behind);
    const { snapshot } = await room.tick(0, {
      ...{ epoch: 1, issued: 0, serving: 0, margin: 20 },
      priority: { issued: 51, serving: 4 },
    });
    expect(snapshot.priority.serving).toBeGreaterThanOrEqual(4);
    expect(snapshot.priority.issued).toBeGreaterThanOrEqual(71);
  });
});

describe('the priority line and other features', () => {
  test('revoking by number affects the ordinary line', async () => {
    const room = await open({ ...QUIET, rate: 1 });
    await fill(room, 2, 2);
    expect(await room.revoke(2)).toEqual({ outcome: 'revoked', was: 'waiting' });
    expect((await room.heartbeat(2)).status).toBe('revoked');
    expect((await room.heartbeat(2, 'priority')).status).toBe('waiting');
  });

  test('joins, calls and drop-outs are counted for both lines together', async () => {
    const room = await open({ ...QUIET, maxActive: 2 });
    await fill(room, 4, 3);
    await room.leave(2);
    await room.leave(3, 'priority');
    const { snapshot } = await room.tick(2);
    expect(snapshot).toMatchObject({ joined: 7, called: 2, dropped: 2 });
    await room.loseAndRestore({
      ...{ issued: 4, serving: 1, margin: 5, priority: { issued: 3, serving: 1 } },
      callLog: room.callLog(),
    });
    await room.advance(1_000);
    const restored = (await room.tick()).snapshot;
    expect(restored).toMatchObject({ joined: 0, called: 2, dropped: 0 });
  });
});

test('an invited guest of a lottery room has no number before the draw', async () => {
  const room = await open({ ...QUIET, lotterySeed: 'seed', state: 'lobby' });
  await fill(room, 3, 0);
  const joins = [{ operation: 'operation', code: { id: 'code', uses: 1, endsMs: null } }];
  const place = { room: room.id, line: 'ordinary' } as const;
  const [reply] = await runJoinWithCode(room.redis, place, joins, NO_HIGH_WATER_MARKS, 0);
  expect(reply).toMatchObject({ outcome: 'joined', index: 4, number: 0, ahead: 0, uses: 1 });
});

describe('the uses of a code', () => {
  test('are counted only for joins that get a place', async () => {
    const room = await open(QUIET);
    const code = { id: 'code', uses: 2 };
    expect(await room.redeem('ordinary', code, 'first')).toBe(1);
    expect(await room.redeem('ordinary', code, 'first')).toBe(1);
    await room.configure({ state: 'closed' });
    await expect(room.redeem('ordinary', code)).rejects.toThrow('closed');
    await room.configure({ state: 'open' });
    expect(await room.redeem('ordinary', code)).toBe(2);
    await expect(room.redeem('ordinary', code)).rejects.toThrow('used_up');
    expect(await room.redeem('ordinary', { ...code, uses: 3 })).toBe(3);
    expect(await room.join()).toBe(4);
  });

  test('end when it expires, by the clock of Redis', async () => {
    const room = await open(QUIET);
    const code = { id: 'code', uses: 5, endsMs: room.now() + 1_000 };
    await room.advance(999);
    expect(await room.redeem('priority', code)).toBe(1);
    await room.advance(1);
    await expect(room.redeem('priority', code)).rejects.toThrow('over');
    expect(await room.redis.hget(room.keys.codes, 'code')).toBe('1');
  });

  test('are exact when one command contains a code several times', async () => {
    const room = await open(QUIET);
    const code = { id: 'code', uses: 3, endsMs: null };
    const joins = Array.from({ length: 20 }, (_, at) => ({ operation: `operation-${at}`, code }));
    const place = { room: room.id, line: 'priority' } as const;
    const replies = await runJoinWithCode(room.redis, place, joins, NO_HIGH_WATER_MARKS, 0);
    const given = replies.map((reply) => (reply.outcome === 'joined' ? reply.index : reply.outcome));
    expect(given).toEqual([1, 2, 3, ...Array.from({ length: 17 }, () => 'used_up')]);
  });

  test('that are restored never decrease, and those from before a reset do not count', async () => {
    const room = await open(QUIET);
    const restoreUses = (epoch: number, uses: number) =>
      runCountUses(room.redis, { room: room.id, epoch }, [['code', uses]]);
    expect(await restoreUses(1, 3)).toBe(true);
    expect(await restoreUses(1, 2)).toBe(true);
    expect(await restoreUses(0, 9)).toBe(false);
    expect(await room.redis.hget(room.keys.codes, 'code')).toBe('3');
    await expect(room.redeem('priority', { id: 'code', uses: 3 })).rejects.toThrow('used_up');
  });
});
