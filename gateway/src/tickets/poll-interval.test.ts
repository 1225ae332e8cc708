import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pollAfterMs } from './poll-interval.ts';

const rooms = fc
  .record({
    admissions_per_minute: fc.integer({ min: 1, max: 60_000 }),
    poll_budget_rps: fc.integer({ min: 1, max: 1_000_000 }),
    poll_min_ms: fc.integer({ min: 200, max: 60_000 }),
    poll_max_ms: fc.integer({ min: 1_000, max: 600_000 }),
  })
  .filter((room) => room.poll_min_ms <= room.poll_max_ms);
const crowds = fc.integer({ min: 1, max: 5_000 });
const chance = fc.double({ min: 0, max: 1, noNaN: true });

/** The mean of a uniform jitter, computed from its two ends. */
const meanMs = (...[ahead, waiting, room]: Parameters<typeof pollAfterMs>) =>
  (pollAfterMs(ahead, waiting, room, 0) + pollAfterMs(ahead, waiting, room, 1)) / 2;

test('all waiters together stay within the budget, on average', () => {
  fc.assert(
    fc.property(rooms, crowds, (room, waiting) => {
      let questionsPerSecond = 0;
      for (let ahead = 0; ahead < waiting; ahead += 1)
        questionsPerSecond += 1_000 / meanMs(ahead, waiting, room);
      // Intervals are rounded to milliseconds: half of one on an interval of at least 200.
      expect(questionsPerSecond).toBeLessThanOrEqual(room.poll_budget_rps * 1.0025);
    }),
  );
});

test('without a place yet all share the budget equally', () => {
  fc.assert(
    fc.property(rooms, crowds, (room, waiting) => {
      const each = Math.max(room.poll_min_ms, (waiting / room.poll_budget_rps) * 1_000);
      expect(Math.abs(meanMs(null, waiting, room) - each)).toBeLessThanOrEqual(1);
    }),
  );
});

/**
 * Two and three quarter hours of waiting. Beyond it, or with fewer polls per call (and two others), the budget decides.
 */
const LONGEST_LINE_SECONDS = 10_000;
const QUESTIONS_FOR_EACH_CALL = 50;
const busyRooms = fc
  .record({
    ...{
      admissions_per_minute: fc.integer({ min: 1, max: 60_000 }),
      ahead: fc.double({ min: 0, max: 1, noNaN: true }),
    },
    ...{ poll_min_ms: fc.integer({ min: 1_000, max: 3_000 }), generous: fc.integer({ min: 1, max: 4 }) },
  })
  .map(({ ahead, generous, ...room }) => {
    const perSecond = room.admissions_per_minute / 60;
    const waiting = Math.ceil(perSecond * LONGEST_LINE_SECONDS);
    return {
      room: {
        ...{ ...room, poll_max_ms: 60_000 },
        poll_budget_rps: 2 + Math.ceil(perSecond * QUESTIONS_FOR_EACH_CALL * generous),
      },
      ...{ waiting, perSecond, ahead: Math.floor(ahead * (waiting - 1)) },
    };
  });

test('a client that polls as asked sees its turn within one minimum interval, for any number of waiters', () => {
  fc.assert(
    fc.property(
      busyRooms,
      fc.array(chance, { minLength: 1 }),
      ({ room, waiting, perSecond, ahead }, jitter) => {
        const calledAt = (ahead + 1) / perSecond;
        let at = 0;
        for (let turn = 0; at < calledAt; turn += 1) {
          const before = Math.max(0, Math.floor(ahead - perSecond * at));
          at += pollAfterMs(before, waiting, room, jitter[turn % jitter.length]) / 1_000;
        }
        expect((at - calledAt) * 1_000).toBeLessThanOrEqual(room.poll_min_ms * 1.15 + 1);
      },
    ),
  );
});

test('the interval is within the room’s limits, and longer only because of the budget', () => {
  fc.assert(
    fc.property(rooms, crowds, fc.nat(100_000), (room, waiting, ahead) => {
      const byBudget = (2 * waiting * 1_000) / room.poll_budget_rps;
      const ms = meanMs(ahead, waiting, room);
      expect(ms).toBeGreaterThanOrEqual(room.poll_min_ms - 1);
      expect(ms).toBeLessThanOrEqual(Math.max(room.poll_max_ms, byBudget) + 1);
    }),
  );
});

test('the jitter stays within 15 % to either side, and uses all of it', () => {
  fc.assert(
    fc.property(rooms, crowds, fc.nat(100_000), chance, (room, waiting, ahead, random) => {
      const middle = pollAfterMs(ahead, waiting, room, 0.5);
      const ms = pollAfterMs(ahead, waiting, room, random);
      // Both are rounded: half a millisecond each, and 15 % of the middle's half.
      expect(Math.abs(ms - middle)).toBeLessThanOrEqual(middle * 0.15 + 1.075);
      expect(pollAfterMs(ahead, waiting, room, 0)).toBeCloseTo(middle * 0.85, -0.5);
      expect(pollAfterMs(ahead, waiting, room, 1)).toBeCloseTo(middle * 1.15, -0.5);
    }),
  );
});

test('a ticket nearer to the front never has a longer interval', () => {
  fc.assert(
    fc.property(rooms, crowds, fc.nat(100_000), fc.nat(100_000), (room, waiting, one, other) => {
      const [near, far] = [Math.min(one, other), Math.max(one, other)];
      expect(pollAfterMs(near, waiting, room, 0.5)).toBeLessThanOrEqual(pollAfterMs(far, waiting, room, 0.5));
    }),
  );
});
