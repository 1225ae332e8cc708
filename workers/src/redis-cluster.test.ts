import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { JobName } from '@shopfast/kit/contracts/jobs';
import { QUEUES } from '@shopfast/kit/contracts/limits';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { createLog } from '@shopfast/kit/log';
import { connectRedis } from '@shopfast/kit/redis';
import { checkRedis, writeToEveryPrimary } from '@shopfast/kit/redis/check';
import { redisEnv } from '@shopfast/kit/redis/settings';
import { type RedisCluster, startRedisCluster } from '@shopfast/sandbox/stores/redis-cluster';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { retryPlans } from './outbox/job-options.ts';
import { openQueues, type Queues } from './queues.ts';
import { closeWorker, type Handlers, runQueue } from './run-queue.ts';

const log = createLog('test', 'silent');
const lifecycle = createLifecycle(log);
/** How often each job ran, by its id. */
const runs = new Map<string | undefined, number>();
let cluster: RedisCluster;
let queues: Queues;
let isReady: () => Promise<void>;
beforeAll(async () => {
  // Two queues are on the first primary, which has a replica; the two others on one primary each.
  cluster = await startRedisCluster({ primaries: 3, replicas: 1 });
  lifecycle.onClose('cluster', () => cluster.stop());
  const rights = await documentedRights();
  for (const { redis } of cluster.nodes) await redis.call('ACL', 'SETUSER', 'shopfast-jobs', ...rights);
  const { redis: settings } = redisEnv('JOBS_').parse({
    JOBS_REDIS_CLUSTER: cluster.addresses,
    JOBS_REDIS_USERNAME: 'shopfast-jobs',
    JOBS_REDIS_PASSWORD: 'PASSWORD',
  });
  const producerRedis = connectRedis(settings, 'requests', { log, lifecycle });
  const workerRedis = connectRedis(settings, 'worker', { log, lifecycle });
  await checkRedis(producerRedis, settings, 'jobs:readyz');
  isReady = () => writeToEveryPrimary(producerRedis, 'jobs:readyz');
  queues = openQueues(producerRedis, { log, lifecycle });
  const workers = QUEUES.map((queue) =>
    runQueue(queue, {
      redis: workerRedis,
      handlers: HANDLERS,
      concurrency: 2,
      plans: retryPlans,
      takeOver: { lockDurationMs: 5_000, checkEveryMs: 1_000 },
      metrics: { started: () => () => {} },
      onDone: async ({ id }) => void runs.set(id, (runs.get(id) ?? 0) + 1),
      onExhausted: async () => {},
      log,
    }),
  );
  lifecycle.onClose('workers', () =>
    Promise.all(workers.map((worker) => closeWorker(worker, workerRedis, log))),
  );
});
afterAll(() => lifecycle.close());

async function documentedRights(): Promise<string[]> {
  const text = await readFile(join(import.meta.dirname, '../../docs/operations.md'), 'utf8');
  const [, rights = ''] = /^user shopfast-jobs (.+)$/m.exec(text) ?? [];
  return rights.split(' ');
}

const nothing = async () => {};
const HANDLERS: Handlers = {
  ...{ 'payment.charge': nothing, 'payment.event': nothing, 'payment.refund': nothing },
  ...{ 'email.send': nothing, 'email.account': nothing, 'email.turn': nothing },
  ...{ 'holds.expire': nothing, 'slots.settle': nothing },
};

const ORDER = '019ad9a0-0000-7000-8000-000000000000';
const PAYLOADS = {
  payment: ['payment.charge', { order_id: ORDER }],
  email: ['email.turn', { cause: 'a turn' }],
  holds: ['holds.expire', { order_id: ORDER, hold_until: '2030-01-01T00:00:00Z' }],
  slots: ['slots.settle', { room: 'a-room' }],
} as const satisfies Record<keyof Queues, [JobName, object]>;

/** Adds jobs to every queue until all are accepted, as the relay does: under the same ids. */
async function addToAll(name: string, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (const queue of QUEUES) {
    const [job, data] = PAYLOADS[queue];
    const some = Array.from({ length: count }, (_, nth) => `${name}-${queue}-${nth}`);
    const bulk = some.map((jobId, nth) => ({ name: job, data, opts: { jobId, delay: (nth % 2) * 100 } }));
    while (!(await queues[queue].addBulk(bulk).then(Boolean, () => false))) await wait(100);
    ids.push(...some);
  }
  return ids;
}

const countsOf = (ids: string[]) => ids.map((id) => runs.get(id) ?? 0);

test('jobs of every queue run once on a Cluster, with the documented rights', async () => {
  const ids = await addToAll('first', 10);
  await expect.poll(() => countsOf(ids), { timeout: 20_000 }).toEqual(ids.map(() => 1));
  for (const queue of QUEUES)
    expect(await queues[queue].getJobCounts('waiting', 'failed')).toEqual({ waiting: 0, failed: 0 });
  for (const { redis } of cluster.nodes) expect(await redis.call('ACL', 'LOG')).toEqual([]);
});

test('jobs continue after a primary was killed, and each runs once', async () => {
  const [first] = cluster.nodes;
  if (!first) throw new Error('a Cluster has nodes');
  expect(await cluster.primaryOf('{shopfast-payment}:payment:wait')).toBe(first);
  await first.redis.set('{shopfast-payment}:in-step', 1, 'EX', 60);
  await expect.poll(() => first.redis.wait(1, 100)).toBe(1);
  await cluster.kill(first);
  await expect(isReady()).rejects.toThrow();
  const ids = await addToAll('second', 10);
  await expect.poll(() => countsOf(ids), { timeout: 30_000 }).toEqual(ids.map(() => 1));
  await isReady();
});
