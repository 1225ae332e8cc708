import { readFile } from 'node:fs/promises';
import { recordDeadLetter } from '@shopfast/db/dead-letters';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { connectRedis } from '@shopfast/kit/redis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAttempts } from './admin/job-figures.ts';
import { createMetrics, type WorkersMetrics } from './metrics.ts';
import { openQueues, type Queues } from './queues.ts';
import { openTestShop, type TestShop } from './testing/shop.ts';
import { servers } from './testing/urls.ts';

const LATER_MS = 90_000;

let shop: TestShop;
let queues: Queues;
let metrics: WorkersMetrics;
let redis: ReturnType<typeof connectRedis>;
const lifecycle = createLifecycle();
beforeAll(async () => {
  shop = await openTestShop(servers());
  redis = connectRedis(shop.jobsRedisUrl, 'requests', { log: shop.log, lifecycle });
  queues = openQueues(redis, { log: shop.log, lifecycle });
  const clock = { now: () => Date.now() + LATER_MS };
  metrics = createMetrics({
    sql: shop.sql,
    queues,
    policy: shop.policy,
    attempts: createAttempts(clock),
    clock,
  });
});
afterAll(async () => {
  await lifecycle.close();
  await shop?.close();
});

const figures = async (name: string): Promise<Record<string, number>> => {
  const lines = (await metrics.registry.metrics()).split('\n').filter((line) => line.startsWith(name));
  return Object.fromEntries(
    lines.map((line) => {
      const [series = '', value] = line.split(' ');
      return [series.slice(name.length), Number(value)];
    }),
  );
};

test('shows the size of each queue, how long the next job has waited, and what failed for good', async () => {
  expect(await figures('shopfast_queue_oldest_seconds')).toEqual({
    ...{ '{queue="payment"}': 0, '{queue="email"}': 0, '{queue="holds"}': 0, '{queue="slots"}': 0 },
  });
  await queues.email.add('email.send', {}, { jobId: 'a1' });
  await queues.email.add('email.send', {}, { jobId: 'a2', delay: 60_000 });
  await recordDeadLetter(shop.sql, {
    ...{ queue: 'email', name: 'email.send', job_id: 'a4', payload: {}, error: 'refused', attempts: 9 },
    failed_at: new Date(),
  });
  expect(await figures('shopfast_queue_jobs')).toMatchObject({
    ...{ '{queue="email",state="waiting"}': 1, '{queue="email",state="delayed"}': 1 },
  });
  const oldest = await figures('shopfast_queue_oldest_seconds');
  expect(oldest['{queue="email"}']).toBeGreaterThanOrEqual(LATER_MS / 1_000);
  expect(oldest['{queue="slots"}']).toBe(0);
  expect(await figures('shopfast_dead_letters{')).toEqual({
    ...{ 'queue="email"}': 1, 'queue="payment"}': 0, 'queue="holds"}': 0, 'queue="slots"}': 0 },
  });
});

test('docs/grafana/workers.json names only metrics and labels that /metrics has, and describes each panel', async () => {
  metrics.started('email', 'email.send')('failed');
  metrics.published(1);
  metrics.deadLetter('email.send');
  const text = await metrics.registry.metrics();
  const dashboard = JSON.parse(
    await readFile(new URL('../../docs/grafana/workers.json', import.meta.url), 'utf8'),
  ) as { panels: Panel[] };
  const expressions = dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
  const names = new Set(expressions.flatMap((expr) => expr.match(/\bshopfast_\w+/g) ?? []));
  expect(names.size).toBeGreaterThan(6);
  for (const name of names) expect(text, name).toMatch(new RegExp(`^${name}(\\{| )`, 'm'));
  const labels = expressions.flatMap((expr) =>
    [...expr.matchAll(/(?:by ?\(|\{)([\w, ]+)[)=~]/g)].flatMap(([, list = '']) => list.split(', ')),
  );
  for (const label of new Set(labels)) expect(text, label).toMatch(new RegExp(`[{,]${label}="`));
  for (const { title, description, fieldConfig } of dashboard.panels)
    expect([title, description, fieldConfig.defaults.unit].every(Boolean), title).toBe(true);
});
type Panel = {
  title: string;
  description: string;
  fieldConfig: { defaults: { unit?: string } };
  targets: { expr: string }[];
};

test('leaves out figures that cannot be read, instead of showing zero', async () => {
  redis.disconnect();
  expect(await figures('shopfast_queue_oldest_seconds')).toEqual({});
});
