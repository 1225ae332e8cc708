import { expect, test } from 'vitest';
import { arrivalMs } from './arrivals.ts';

const crowd = { shoppers: 400, arrivalSeconds: 20 };
const within = (arrivals: 'even' | 'rising', fromMs: number, toMs: number) =>
  Array.from({ length: crowd.shoppers }, (_, place) => arrivalMs(place, { ...crowd, arrivals })).filter(
    (ms) => ms >= fromMs && ms < toMs,
  ).length;

test('an even crowd arrives at a constant rate, within its time', () => {
  expect(within('even', 0, 20_000)).toBe(400);
  expect(within('even', 0, 5_000)).toBe(100);
  expect(within('even', 15_000, 20_000)).toBe(100);
});

test('a rising crowd arrives faster and faster, from zero to twice the mean rate, within the same time', () => {
  expect(within('rising', 0, 20_000)).toBe(400);
  expect(within('rising', 0, 5_000)).toBe(25);
  expect(within('rising', 15_000, 20_000)).toBe(175);
  expect(within('rising', 19_000, 20_000)).toBeGreaterThan(37);
});
