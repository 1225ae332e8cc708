import fc from 'fast-check';
import { expect, test } from 'vitest';
import { advance, NO_PROGRESS } from './progress.ts';

test('the bar never runs backwards, for any number of people ahead', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.nat(100_000))), (aheads) => {
      let progress = NO_PROGRESS;
      for (const ahead of aheads) {
        const next = advance(progress, 7, ahead);
        expect(next.done).toBeGreaterThanOrEqual(progress.done);
        expect(next.done).toBeLessThanOrEqual(1);
        progress = next;
      }
    }),
  );
});

test('nobody ahead means a full bar', () => {
  expect(advance(advance(NO_PROGRESS, 7, 100), 7, 0).done).toBe(1);
});

test('a new number starts from zero', () => {
  const far = advance(advance(NO_PROGRESS, 7, 100), 7, 10);
  expect(far.done).toBeCloseTo(0.9);
  expect(advance(far, 8, 300)).toEqual({ number: 8, start: 300, done: 0 });
});
