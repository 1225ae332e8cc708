import { recordDeadLetter } from '@shopfast/db/dead-letters';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { connectRedis } from '@shopfast/kit/redis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openQueues } from '../queues.ts';
import { openTestShop, type TestShop } from '../testing/shop.ts';
import { servers } from '../testing/urls.ts';
import { createAttempts, type FigureSources, readJobFigures } from './job-figures.ts';

const LATER_MS = 90_000;

let shop: TestShop;
let sources: FigureSources;
let redis: ReturnType<typeof connectRedis>;
const lifecycle = createLifecycle();
beforeAll(async () => {
  shop = await openTestShop(servers());
  redis = connectRedis(shop.jobsRedisUrl, 'requests', { log: shop.log, lifecycle });
  const queues = openQueues(redis, { log: shop.log, lifecycle });
  const clock = { now: () => Date.now() + LATER_MS };
  sources = { sql: shop.sql, queues, policy: shop.policy, attempts: createAttempts(clock), clock };
});
afterAll(async () => {
  await lifecycle.close();
  await shop?.close();
});

test('operators see what waits in each queue and for how long, what is delayed, and what failed for good', async () => {
  const empty = await readJobFigures(sources);
  expect(empty.queues).toContainEqual({
    ...{ queue: 'email', waiting: 0, active: 0, delayed: 0, oldest_seconds: null },
  });
  expect(empty).toMatchObject({ dead_letters: {}, payment: { breaker: 'closed' } });

  await sources.queues.email.add('email.send', {}, { jobId: 'a1' });
  await sources.queues.email.add('email.send', {}, { jobId: 'a2' });
  await sources.queues.email.add('email.send', {}, { jobId: 'a3', delay: 60_000 });
  await shop.placeOrder();
  await recordDeadLetter(shop.sql, {
    ...{ queue: 'email', name: 'email.send', job_id: 'a4', payload: {}, error: 'refused', attempts: 9 },
    failed_at: new Date(),
  });
  sources.attempts.ended('email', 'failed');

  const figures = await readJobFigures(sources);
  const email = figures.queues?.find(({ queue }) => queue === 'email');
  expect(email).toMatchObject({ waiting: 2, active: 0, delayed: 1 });
  expect(email?.oldest_seconds).toBeGreaterThanOrEqual(LATER_MS / 1_000);
  expect(email?.oldest_seconds).toBeLessThan(LATER_MS / 1_000 + 60);
  expect(figures.outbox?.jobs).toBeGreaterThan(0);
  expect(figures.dead_letters).toEqual({ email: 1 });
  expect(figures.attempts.queues).toContainEqual({ queue: 'email', done: 0, later: 0, failed: 1 });
});

test('figures that cannot be read are unknown, not zero', async () => {
  redis.disconnect();
  const figures = await readJobFigures(sources);
  expect(figures.queues).toBeNull();
  expect(figures.outbox?.jobs).toBeGreaterThan(0);
});
