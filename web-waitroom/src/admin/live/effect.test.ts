import type { RoomStats } from '@shopfast/kit/contracts/rooms';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { effectOf, type Limits } from './effect.ts';
import { statsWith } from './stats.fixture.ts';

const effect = (stats: Partial<RoomStats>, limits: Partial<Limits> = {}, joins: number | null = null) =>
  effectOf(statsWith(stats), { rate: 60, maxActive: 500, ...limits }, 3, joins);

test('twice the rate empties the line in half the time, while slots are free', () => {
  // 600 people wait and 60 are called a minute: ten minutes.
  expect(effect({})).toMatchObject({ heldBy: 'rate', emptySeconds: 600, callsPerMinute: 60 });
  expect(effect({}, { rate: 120 })).toMatchObject({ heldBy: 'rate', emptySeconds: 300 });
});

test('a rate beyond the slots is shown as limited by slots, with the number of slots that it would need', () => {
  // 500 slots, 250 come free a minute: one is held for 2 minutes. 600 people wait, 400 slots are free: (600 − 400) ÷
  // 250.
  expect(effect({}, { rate: 1_000 })).toMatchObject({
    ...{ heldBy: 'slots', callsPerMinute: 250, emptySeconds: 48, slotsNeeded: 2_000 },
  });
  expect(effect({}, { rate: 1_000, maxActive: 2_000 })).toMatchObject({ heldBy: 'rate', emptySeconds: 36 });
});

test('drop-outs shorten the line, and an unreached rate is not promised', () => {
  const pace = { measured_per_minute: 30, free_slots: 400, slots_freed_per_minute: 250, drop_share: 0.5 };
  expect(effect({ pace })).toMatchObject({ emptySeconds: 600, callsPerMinute: 30 });
});

test('little stock limits calls, and the earliest time of selling out is shown', () => {
  // 20 units allow 60 active, 100 are active: 40 must leave before the first call, then 20 more, at 30 a minute.
  const pace = { measured_per_minute: 60, free_slots: 0, slots_freed_per_minute: 30, drop_share: 0 };
  expect(effect({ remaining: 20, pace })).toMatchObject({
    ...{ heldBy: 'stock', callsPerMinute: 30, stockSeconds: 120 },
  });
  expect(effect({ remaining: 0 })).toMatchObject({
    ...{ heldBy: 'stock', emptySeconds: null, stockSeconds: 0, callsPerMinute: 0 },
  });
  expect(effect({ remaining: 100_000 })?.stockSeconds).toBeNull();
});

test('a line grows when more people join than are called', () => {
  expect(effect({}, {}, 100)?.growthPerMinute).toBe(40);
  expect(effect({}, { rate: 120 }, 100)?.growthPerMinute).toBe(-20);
  expect(effect({})?.growthPerMinute).toBeNull();
});

test('an empty line is empty now, and without a measurement there is no prediction', () => {
  expect(effect({ waiting: 0 })?.emptySeconds).toBe(0);
  expect(effect({ pace: null })).toBeNull();
});

test('for any measurement, a higher rate or cap never makes anybody wait longer', () => {
  const whole = (most: number) => fc.integer({ min: 1, max: most });
  fc.assert(
    fc.property(
      whole(100_000),
      whole(5_000),
      whole(5_000),
      whole(2_000),
      whole(500),
      (waiting, rate, cap, freed, more) => {
        const pace = {
          ...{ measured_per_minute: rate, free_slots: 0 },
          slots_freed_per_minute: freed,
          drop_share: 0.2,
        };
        const stats = { waiting, active: cap, admissions_per_minute: rate, max_active: cap, pace };
        const now = effect(stats, { rate, maxActive: cap })?.emptySeconds as number;
        const raised = effect(stats, { rate: rate + more, maxActive: cap + more })?.emptySeconds as number;
        expect(raised).toBeLessThanOrEqual(now + 1e-9);
      },
    ),
  );
});
