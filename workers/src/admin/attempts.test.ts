import { manualClock } from '@shopfast/kit/clock';
import { expect, test } from 'vitest';
import { createAttempts } from './job-figures.ts';

test('attempts are counted by queue and by how they ended, and forgotten after five minutes', () => {
  const clock = manualClock();
  const attempts = createAttempts(clock);
  attempts.ended('email', 'failed');
  clock.advance(60_000);
  for (const end of ['done', 'done', 'later'] as const) attempts.ended('email', end);
  attempts.ended('payment', 'done');
  expect(attempts.of('email')).toEqual({ done: 2, later: 1, failed: 1 });
  expect(attempts.of('payment')).toEqual({ done: 1, later: 0, failed: 0 });
  clock.advance(4 * 60_000);
  expect(attempts.of('email')).toEqual({ done: 2, later: 1, failed: 0 });
  clock.advance(60_000);
  expect(attempts.of('email')).toEqual({ done: 0, later: 0, failed: 0 });
});
