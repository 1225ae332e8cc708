import { manualClock } from '@shopfast/kit/clock';
import { expect, test } from 'vitest';
import { createOrderTimes } from './order-times.ts';

test('a quantile is never below the true value, and at most 12 % above it', () => {
  const times = createOrderTimes(manualClock());
  for (let ms = 1; ms <= 1_000; ms += 1) times.answered(ms, 202);
  const [minute] = times.minutes();
  expect(minute).toMatchObject({ orders: 1_000, failed: 0 });
  for (const [share, found] of [
    [500, minute!.p50Ms],
    [950, minute!.p95Ms],
  ] as const) {
    expect(found).toBeGreaterThanOrEqual(share);
    expect(found).toBeLessThanOrEqual(share * 1.13);
  }
});

test('each minute is separate, failures are counted, and an hour is kept', () => {
  const clock = manualClock();
  const times = createOrderTimes(clock);
  for (let minute = 0; minute < 90; minute += 1) {
    times.answered(20, minute % 2 ? 202 : 503);
    clock.advance(60_000);
  }
  const minutes = times.minutes();
  expect(minutes).toHaveLength(60);
  expect(minutes.map(({ orders }) => orders)).toEqual(Array(60).fill(1));
  expect(minutes.reduce((sum, { failed }) => sum + failed, 0)).toBe(30);
  clock.advance(3_600_000);
  expect(times.minutes()).toEqual([]);
});

test('an order that took longer than a minute is counted, too', () => {
  const times = createOrderTimes(manualClock());
  times.answered(500_000, 504);
  times.answered(0, 202);
  expect(times.minutes()[0]).toMatchObject({ orders: 2, failed: 1 });
});

test('refusals are not counted: a "sold out" is much faster than an order', () => {
  const times = createOrderTimes(manualClock());
  for (const status of [401, 403, 409, 422, 429]) times.answered(1, status);
  expect(times.minutes()).toEqual([]);
  times.answered(180, 202);
  expect(times.minutes()[0]).toMatchObject({ orders: 1, failed: 0 });
});
