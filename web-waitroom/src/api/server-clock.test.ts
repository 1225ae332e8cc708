import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createServerClock } from './server-clock.ts';

const dateHeader = (ms: number) => new Date(ms).toUTCString();
const START = Date.UTC(2026, 10, 27, 9, 0, 0);

test('for any device clock and network, the server’s time is known within a second plus the delay', () => {
  const journey = fc.record({ up: fc.nat(400), down: fc.nat(400), gap: fc.nat(5_000) });
  fc.assert(
    fc.property(
      fc.integer({ min: -1e9, max: 1e9 }),
      fc.array(journey, { minLength: 1 }),
      (wrong, journeys) => {
        let server = START;
        const clock = createServerClock(() => server - wrong);
        for (const { up, down, gap } of journeys) {
          server += gap;
          const sentAt = server - wrong;
          server += up;
          const date = dateHeader(server);
          server += down;
          clock.observe(date, sentAt, server - wrong);
          expect(Math.abs(clock.now() - server)).toBeLessThanOrEqual(500 + 400);
        }
      },
    ),
  );
});

test('several answers together are more exact than one', () => {
  const clock = createServerClock(() => 0);
  clock.observe(dateHeader(START), START + 100, START + 100);
  const one = Math.abs(clock.offset());
  clock.observe(dateHeader(START), START + 900, START + 900);
  expect(clock.offset()).toBeGreaterThanOrEqual(-100);
  expect(clock.offset()).toBeLessThanOrEqual(100);
  expect(Math.abs(clock.offset())).toBeLessThan(one);
});

test('a device clock that is set anew is followed at the next answer', () => {
  const clock = createServerClock(() => 0);
  clock.observe(dateHeader(START), START, START + 50);
  const moved = START + 3_600_000;
  clock.observe(dateHeader(START), moved, moved + 50);
  expect(Math.abs(clock.offset() + 3_600_000)).toBeLessThanOrEqual(1_050);
});

test('an answer without a readable date changes nothing', () => {
  const clock = createServerClock(() => 7);
  clock.observe(null, 0, 0);
  clock.observe('yesterday', 0, 0);
  expect(clock.now()).toBe(7);
});
