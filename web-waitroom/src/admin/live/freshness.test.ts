import { expect, test } from 'vitest';
import { ageOf, freshnessOf, received } from './freshness.ts';

const NOON = Date.UTC(2026, 10, 27, 12);
const freshnessAfter = (ms: number, oldAlready = 0) =>
  freshnessOf(ageOf({ receivedAt: NOON, oldAlready }, NOON + ms));

test('figures of the last second are live, older ones are late, and after five seconds stale', () => {
  expect([0, 999, 1_000, 1_001, 5_000, 5_001, 60_000].map((ms) => freshnessAfter(ms))).toEqual([
    ...['live', 'live', 'live', 'late', 'late', 'stale', 'stale'],
  ]);
});

test('figures that were old at arrival are not live', () => {
  const { oldAlready } = received(NOON, NOON - 20_000, NOON);
  expect(freshnessAfter(0, oldAlready)).toBe('stale');
});

test('a wrong device clock does not make figures look old', () => {
  const wrongBy = 3_600_000;
  expect(received(NOON - wrongBy, NOON - 600, NOON).oldAlready).toBe(0);
  expect(ageOf({ receivedAt: NOON, oldAlready: 0 }, NOON - wrongBy)).toBe(0);
});
