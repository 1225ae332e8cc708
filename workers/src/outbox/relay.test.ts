import { connectDb } from '@shopfast/db/client';
import { systemClock } from '@shopfast/kit/clock';
import { QUEUES } from '@shopfast/kit/contracts/limits';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { connectRedis } from '@shopfast/kit/redis';
import { type Stores, startStores } from '@shopfast/sandbox/stores/start';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openQueues, type Queues } from '../queues.ts';
import { openTestShop, type TestShop } from '../testing/shop.ts';
import { SOON, servers } from '../testing/urls.ts';
import { retryPlans } from './job-options.ts';
import { startRelay } from './relay.ts';

let shop: TestShop;
let stores: Stores<'jobs'>;
beforeAll(async () => {
  shop = await openTestShop(servers(), { units: 100 });
  stores = await startStores({ parts: ['jobs'], appendOnly: true, given: {} });
});
afterAll(async () => {
  await shop?.close();
  await stores?.stop();
});

const unpublished = async () => {
  const [row] = await shop.sql<{ count: number }[]>`select count(*) from outbox where published_at is null`;
  return row?.count;
};

async function openRelay(onPublished: (count: number) => void) {
  const { log } = shop;
  const lifecycle = createLifecycle(log);
  const { sql } = connectDb(shop.databaseUrl, { name: 'relay', max: 2, lifecycle, log });
  const redis = connectRedis(shop.jobsRedisUrl, 'requests', { log, lifecycle });
  const queues = openQueues(redis, { log, lifecycle });
  startRelay({ sql, queues, plans: retryPlans, clock: systemClock, log, lifecycle, onPublished });
  return { queues, close: () => lifecycle.close() };
}

async function jobIdsIn(queues: Queues): Promise<string[]> {
  const jobs = await Promise.all(
    QUEUES.map((name) => queues[name].getJobs(['waiting', 'prioritized', 'delayed'], 0, -1)),
  );
  return jobs.flat().map((job) => job.id ?? '');
}

test('three relays publish every row once, and a delayed one as such', async () => {
  const orders = 60;
  for (let placed = 0; placed < orders; placed++) await shop.placeOrder();
  let published = 0;
  const relays = await Promise.all(
    [1, 2, 3].map(() =>
      openRelay((count) => {
        published += count;
      }),
    ),
  );
  await vi.waitFor(async () => expect(await unpublished()).toBe(0), SOON);
  const rows = await shop.sql<{ id: number }[]>`select id from outbox`;
  expect(rows).toHaveLength(orders * 4);
  const [relay] = relays;
  expect((await jobIdsIn(relay!.queues)).sort()).toEqual(rows.map(({ id }) => `outbox-${id}`).sort());
  expect(await relay!.queues.holds.getDelayedCount()).toBe(orders);
  await Promise.all(relays.map((one) => one.close()));
  expect(published).toBe(orders * 4);
});

test('a row that is handed over again, because its relay died before it noted it, is not done again', async () => {
  const relay = await openRelay(() => {});
  const before = await jobIdsIn(relay.queues);
  await shop.sql`update outbox set published_at = null, taken_until = null where id in (select id from outbox limit 20)`;
  await vi.waitFor(async () => expect(await unpublished()).toBe(0), SOON);
  expect((await jobIdsIn(relay.queues)).sort()).toEqual(before.sort());
  await relay.close();
});

test('an order that is placed while Redis is unavailable is not lost: it is paid when Redis is available again', async () => {
  const workers = shop.startWorkers({ jobsRedisUrl: stores.urls.jobsRedisUrl });
  const first = await shop.placeOrder();
  await vi.waitFor(async () => expect(await shop.stateOf(first)).toBe('paid'), SOON);

  await stores.kill('jobs');
  const orders = [await shop.placeOrder(), await shop.placeOrder()];
  await vi.waitFor(() => expect(shop.hasLogged('the outbox relay waits')).toBe(true), SOON);
  await stores.restart('jobs');
  await vi.waitFor(async () => {
    expect(await Promise.all(orders.map(shop.stateOf))).toEqual(['paid', 'paid']);
    expect(orders.flatMap((order) => shop.inbox.mailsTo(`${order}@example.com`))).toHaveLength(4);
  }, SOON);
  expect((await shop.stripe.state()).charged_more_than_once).toEqual([]);
  expect(await shop.violations()).toEqual([]);
  await workers.stop();
});

test('jobs that Redis lost, all of them, are handed over again: every order is paid, every mail sent', async () => {
  const orders = [await shop.placeOrder(), await shop.placeOrder(), await shop.placeOrder()];
  const relay = await openRelay(() => {});
  await vi.waitFor(async () => expect(await unpublished()).toBe(0), SOON);
  await relay.close();
  const redis = new Redis(shop.jobsRedisUrl);
  await redis.flushdb();
  await redis.quit();

  const workers = shop.startWorkers({ sweepMs: 2_000 });
  await vi.waitFor(async () => {
    expect(await Promise.all(orders.map(shop.stateOf))).toEqual(['paid', 'paid', 'paid']);
    expect(orders.flatMap((order) => shop.inbox.mailsTo(`${order}@example.com`))).toHaveLength(6);
  }, SOON);
  expect((await shop.stripe.state()).charged_more_than_once).toEqual([]);
  await workers.stop();
});
