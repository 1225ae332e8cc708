import { expect, test } from 'vitest';
import type { Call } from '../crowd/call-log.ts';
import { type Course, sumUp } from './measured.ts';

const course: Course = {
  ...{ shoppers: 4, units: 1, seconds: 1, paymentMs: 200, mailMs: 800 },
  signal: new AbortController().signal,
};
const books = { sold: 2, queriesPerOrder: 8, peakConnections: 95, databaseCpuSeconds: 1.23 };
const call = (shopper: number, at: number, ms: number, more: Partial<Call>): Call => ({
  ...{ shopper, kind: 'order', outcome: 'ok', status: 201, at, ms },
  ...more,
});

test('a shopper is judged by the last answer, and timed from the first request to it', () => {
  const measured = sumUp(
    'old',
    course,
    [
      call(0, 0, 10, { kind: 'look' }),
      call(0, 100, 900, {}),
      call(1, 0, 500, { outcome: 'refused', status: 409 }),
      call(2, 0, 700, { outcome: 'failed', status: 500 }),
      call(3, 0, 30_100, { outcome: 'unknown', status: 1 }),
    ],
    books,
  );
  expect(measured).toMatchObject({ oversold: 1, answered: 2, unanswered: 2, errors: 1, timeouts: 1 });
  expect(measured.outcome).toMatchObject({ count: 4, p50: 700, max: 30_100 });
  expect(measured.order.count).toBe(4);
});

test('a shopper without a request got no answer', () => {
  expect(sumUp('ours', course, [], books)).toMatchObject({ answered: 0, unanswered: 4 });
});
