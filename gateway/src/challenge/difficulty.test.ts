import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CALM_JOINS_PER_SECOND, difficultyAt, EASIEST, HARDEST } from './difficulty.ts';

describe('difficulty', () => {
  test('stays within its bounds and never falls when more people join', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), fc.nat(1e6), (rate, more) => {
        expect(difficultyAt(rate)).toBeGreaterThanOrEqual(EASIEST);
        expect(difficultyAt(rate)).toBeLessThanOrEqual(HARDEST);
        expect(difficultyAt(rate + more)).toBeGreaterThanOrEqual(difficultyAt(rate));
      }),
    );
  });

  test.each([
    [0, EASIEST],
    [CALM_JOINS_PER_SECOND, EASIEST],
    [2 * CALM_JOINS_PER_SECOND, 2 * EASIEST],
    [5 * CALM_JOINS_PER_SECOND, 5 * EASIEST],
    [1e6, HARDEST],
  ])('at %d joins a second it is %d derivations', (rate, expected) => {
    expect(difficultyAt(rate)).toBe(expected);
  });
});
