import { createLifecycle, type Lifecycle } from '@shopfast/kit/lifecycle';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createShedder } from './shedding.ts';

let lifecycle: Lifecycle;
beforeEach(() => {
  lifecycle = createLifecycle();
});
afterEach(() => lifecycle.close());

function blockEventLoop(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

test('when the loop is late newcomers are turned away with Retry-After, waiters are not; both pass when it has recovered', async () => {
  const shedder = createShedder(lifecycle);
  await expect
    .poll(
      () => {
        blockEventLoop(60);
        return shedder.delayMs;
      },
      { interval: 5, timeout: 10_000 },
    )
    .toBeGreaterThan(0);
  const strict = createShedder(lifecycle, {
    // A busy machine alone delays the loop by less.
    newcomer: { delayMs: 80, inFlight: 10 },
    waiter: { delayMs: 100_000, inFlight: 10 },
  });
  await expect
    .poll(
      () => {
        blockEventLoop(120);
        return strict.delayMs;
      },
      { interval: 5, timeout: 20_000 },
    )
    .toBeGreaterThan(80);
  expect(() => strict.enter('newcomer')).toThrow(expect.objectContaining({ code: 'overloaded' }));
  strict.enter('waiter')();
  await expect.poll(() => strict.delayMs, { interval: 100, timeout: 20_000 }).toBeLessThan(80);
  strict.enter('newcomer')();
});

test('requests beyond the limit are refused, newcomers first, until others are answered', () => {
  const shedder = createShedder(lifecycle, {
    newcomer: { delayMs: 1e6, inFlight: 2 },
    waiter: { delayMs: 1e6, inFlight: 3 },
  });
  const leave = [shedder.enter('newcomer'), shedder.enter('newcomer')];
  expect(() => shedder.enter('newcomer')).toThrow(expect.objectContaining({ code: 'overloaded' }));
  leave.push(shedder.enter('waiter'));
  expect(() => shedder.enter('waiter')).toThrow(expect.objectContaining({ code: 'overloaded' }));
  for (const one of leave) one();
  expect(shedder.inFlight).toBe(0);
  shedder.enter('newcomer')();
});
