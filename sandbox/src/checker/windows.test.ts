import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mostInAnyWindow } from './windows.ts';

test('two pointers count the same as the plain definition', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(5_000), { maxLength: 60 }),
      fc.integer({ min: 0, max: 2_000 }),
      (times, length) => {
        const plainly = times.map(
          (start) => times.filter((time) => time >= start && time <= start + length).length,
        );
        expect(mostInAnyWindow(times, length)).toBe(Math.max(0, ...plainly));
      },
    ),
  );
});
