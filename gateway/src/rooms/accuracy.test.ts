import { expect, test } from 'vitest';
import { createMeters } from '../meters.ts';
import { accuracyOf } from './accuracy.ts';

function accuracyAfter(ratios: number[]) {
  const meters = createMeters();
  for (const ratio of ratios) meters.waited('room', ratio);
  return accuracyOf(meters.etaRatios.get('room') ?? { counts: new Float64Array(12), sum: 0 });
}

test('before the first wait there are no figures', () => {
  expect(accuracyAfter([])).toBeNull();
});

test('waits between 0.8 and 1.25 of the estimate count as accurate, and no others', () => {
  expect(accuracyAfter([0.5, 0.79, 0.81, 1, 1.25, 1.26])).toMatchObject({ waits: 6, within_quarter: 0.5 });
});

test('the median lies in the bucket of the middle wait', () => {
  expect(accuracyAfter([0.1, 0.95, 0.95, 0.95, 9])?.median).toBeCloseTo(0.95, 1);
  expect(accuracyAfter([7])?.median).toBe(4);
});
