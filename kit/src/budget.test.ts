import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createBudget } from './budget.ts';

beforeEach(() => void vi.useFakeTimers({ now: 1_800_000_000_000 }));
afterEach(() => void vi.useRealTimers());

const spendTimes = async (budget: ReturnType<typeof createBudget>, key: string, times: number) => {
  let allowed = 0;
  for (let count = 0; count < times; count += 1) if ((await budget.spend(key)).allowed) allowed += 1;
  return allowed;
};

test('each key has the whole quota in each window', async () => {
  const budget = createBudget({ name: 'test', quota: 5, windowSeconds: 10 });
  expect(await spendTimes(budget, 'a', 9)).toBe(5);
  expect(await spendTimes(budget, 'b', 9)).toBe(5);
  vi.advanceTimersByTime(9_999);
  expect((await budget.spend('a')).allowed).toBe(false);
  vi.advanceTimersByTime(1);
  expect(await spendTimes(budget, 'a', 9)).toBe(5);
});

test('a call returns the remaining quota and the time to the reset', async () => {
  const budget = createBudget({ name: 'test', quota: 2, windowSeconds: 10 });
  expect(await budget.peek('a')).toEqual({ allowed: true, remaining: 2, resetSeconds: 10 });
  expect(await budget.spend('a')).toEqual({ allowed: true, remaining: 1, resetSeconds: 10 });
  vi.advanceTimersByTime(3_500);
  expect(await budget.spend('a')).toEqual({ allowed: true, remaining: 0, resetSeconds: 7 });
  expect(await budget.peek('a')).toEqual({ allowed: false, remaining: 0, resetSeconds: 7 });
  expect(await budget.spend('a')).toEqual({ allowed: false, remaining: 0, resetSeconds: 7 });
});

test('a burst comes on top of the free calls, which are renewed every second', async () => {
  const budget = createBudget({ name: 'test', quota: 30, windowSeconds: 60, freePerSecond: 10 });
  expect(await spendTimes(budget, 'a', 100)).toBe(40);
  for (let second = 0; second < 5; second += 1) {
    vi.advanceTimersByTime(1_000);
    expect(await spendTimes(budget, 'a', 100)).toBe(10);
  }
});

test('a key takes memory only while its window runs', async () => {
  const budget = createBudget({ name: 'test', quota: 3, windowSeconds: 60, freePerSecond: 1 });
  for (let key = 0; key < 100; key += 1) await spendTimes(budget, String(key), 3);
  expect(vi.getTimerCount()).toBeGreaterThan(0);
  vi.advanceTimersByTime(61_000);
  expect(vi.getTimerCount()).toBe(0);
});
