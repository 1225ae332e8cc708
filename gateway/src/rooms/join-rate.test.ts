import { describe, expect, test } from 'vitest';
import { smoothedJoinRate } from './join-rate.ts';

describe('the join rate', () => {
  const readings = (
    perSecond: number,
    seconds: number,
    everyMs: number,
    from = { rate: 0, issued: 0, at: 0 },
  ) => {
    let { rate, issued, at } = from;
    for (let end = at + seconds * 1_000; at < end; ) {
      const next = { issued: issued + (perSecond * everyMs) / 1_000, at: at + everyMs };
      rate = smoothedJoinRate(rate, { issued, at }, next);
      ({ issued, at } = next);
    }
    return { rate, issued, at };
  };

  test('approaches the real rate, from below and from above', () => {
    const rush = readings(800, 60, 100);
    expect(rush.rate).toBeGreaterThan(790);
    expect(rush.rate).toBeLessThanOrEqual(800);
    expect(readings(0, 60, 100, rush).rate).toBeLessThan(3);
  });

  test('is smooth: a single burst does not make it jump', () => {
    expect(smoothedJoinRate(0, { issued: 0, at: 0 }, { issued: 100, at: 100 })).toBeLessThan(11);
  });

  test('does not depend on the interval of readings', () => {
    const often = readings(300, 20, 20).rate;
    expect(Math.abs(often - readings(300, 20, 1_000).rate)).toBeLessThan(1);
  });

  test('is not changed by a clock that stops or goes back, or by a room that starts again', () => {
    expect(smoothedJoinRate(7, null, { issued: 9, at: 9 })).toBe(7);
    expect(smoothedJoinRate(7, { issued: 5, at: 100 }, { issued: 9, at: 100 })).toBe(7);
    expect(smoothedJoinRate(7, { issued: 5, at: 100 }, { issued: 9, at: 50 })).toBe(7);
    expect(smoothedJoinRate(7, { issued: 5, at: 100 }, { issued: 0, at: 200 })).toBe(7);
  });
});
