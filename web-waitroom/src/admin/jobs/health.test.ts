import type { JobFigures } from '@shopfast/kit/contracts/background-jobs';
import { QUEUES } from '@shopfast/kit/contracts/limits';
import { expect, test } from 'vitest';
import { healthOf } from './health.ts';

function figuresWith(changes: Partial<JobFigures> = {}): JobFigures {
  return {
    at: '2026-11-27T12:00:00Z',
    outbox: { jobs: 0, oldest_seconds: 0 },
    queues: QUEUES.map((queue) => ({ queue, waiting: 0, active: 0, delayed: 0, oldest_seconds: null })),
    attempts: { minutes: 5, queues: QUEUES.map((queue) => ({ queue, done: 9, later: 0, failed: 1 })) },
    payment: { breaker: 'closed' },
    dead_letters: {},
    ...changes,
  };
}
const attempts = (queue: string, done: number, failed: number): JobFigures['attempts'] => ({
  minutes: 5,
  queues: QUEUES.map((one) => ({
    queue: one,
    done: one === queue ? done : 9,
    later: 0,
    failed: one === queue ? failed : 0,
  })),
});

test('health is good while jobs succeed, even with a failure now and then', () => {
  const health = healthOf(figuresWith());
  expect(Object.values(health).map(({ level }) => level)).toEqual(['good', 'good', 'good', 'good']);
});

test('an open breaker is bad; a half-open one and mostly failing attempts are a warning', () => {
  const payment = (figures: JobFigures) => healthOf(figures).payment;
  expect(payment(figuresWith({ payment: { breaker: 'open' } }))).toEqual({ level: 'bad', why: 'open' });
  expect(payment(figuresWith({ payment: { breaker: 'half_open' } })).level).toBe('warn');
  expect(payment(figuresWith({ attempts: attempts('payment', 1, 2) }))).toEqual({
    level: 'warn',
    why: 'failing',
  });
});

test('mails that fail now are worse than some that failed for good', () => {
  expect(healthOf(figuresWith({ attempts: attempts('email', 0, 3) })).email).toEqual({
    level: 'bad',
    why: 'failing',
  });
  const dead = healthOf(figuresWith({ dead_letters: { email: 2, slots: 1 } }));
  expect(dead.email).toEqual({ level: 'warn', why: 'dead' });
  expect(dead.deadLetters).toEqual({ level: 'warn', count: 3 });
});

test('long waits are shown, in the outbox and in the queues', () => {
  const queues = figuresWith().queues!.map((one) =>
    one.queue === 'holds' ? { ...one, waiting: 4, oldest_seconds: 45 } : one,
  );
  expect(healthOf(figuresWith({ queues })).queues).toEqual({ level: 'warn', waiting: 4, oldestSeconds: 45 });
  const outbox = { jobs: 7, oldest_seconds: 301 };
  expect(healthOf(figuresWith({ queues, outbox })).queues).toEqual({
    level: 'bad',
    waiting: 11,
    oldestSeconds: 301,
  });
});

test('figures that cannot be read are unknown, not good', () => {
  expect(Object.values(healthOf(null)).map(({ level }) => level)).toEqual(Array(4).fill('unknown'));
  expect(healthOf(figuresWith({ queues: null })).queues.level).toBe('unknown');
  expect(healthOf(figuresWith({ dead_letters: null })).deadLetters).toEqual({
    level: 'unknown',
    count: null,
  });
});
