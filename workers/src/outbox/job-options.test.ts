import { expect, test } from 'vitest';
import { jobOptions, retryDelay, retryPlans } from './job-options.ts';

const HOUR = 60 * 60 * 1_000;

/** The shortest and longest time between the first and the last attempt of a job. */
function span(name: keyof typeof retryPlans): { least: number; most: number } {
  const plan = retryPlans[name];
  let most = 0;
  for (let made = 1; made < plan.attempts; made++)
    most += Math.min(plan.firstDelayMs * 2 ** (made - 1), plan.maxDelayMs);
  return { least: most / 2, most };
}

test('mails and refunds are tried for about a day', () => {
  for (const name of ['email.send', 'payment.refund'] as const) {
    expect(span(name).least).toBeGreaterThan(12 * HOUR);
    expect(span(name).most).toBeLessThan(30 * HOUR);
  }
});

test('a job that failed for good is kept in its queue for some days, with a limit', () => {
  const kept = jobOptions('email.send', retryPlans).removeOnFail as { age: number; count: number };
  expect(kept.age * 1_000).toBeGreaterThan(24 * HOUR);
  expect(kept.count).toBeLessThanOrEqual(100_000);
});

test('a charge is tried over some minutes', () => {
  expect(span('payment.charge').least).toBeGreaterThan(2 * 60_000);
  expect(span('payment.charge').most).toBeLessThan(15 * 60_000);
});

test('delays grow, are random, and stay below their limit', () => {
  const plan = { attempts: 100, firstDelayMs: 1_000, maxDelayMs: 60_000 };
  for (let made = 1; made < plan.attempts; made++) {
    const full = Math.min(1_000 * 2 ** (made - 1), 60_000);
    const waits = Array.from({ length: 50 }, () => retryDelay(plan, made));
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(full / 2);
    expect(Math.max(...waits)).toBeLessThanOrEqual(full);
    expect(new Set(waits).size).toBeGreaterThan(1);
  }
});
