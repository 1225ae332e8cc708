import { checkRedis } from '@shopfast/kit/redis/check';
import { oneServer, type RedisSettings } from '@shopfast/kit/redis/settings';
import { type RedisWithSentinels, startRedisWithSentinels } from '@shopfast/sandbox/stores/redis-sentinel';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openTestGateway, type TestGateway } from './testing/gateway.ts';

let servers: RedisWithSentinels;
let it: TestGateway;
beforeAll(async () => {
  servers = await startRedisWithSentinels();
  it = await openTestGateway({ databaseUrl: inject('databaseUrl'), redisUrl: settings() });
});
afterAll(async () => {
  await it?.close();
  await servers?.stop();
});

const addressesOf = (list: string) =>
  list.split(',').map((address) => {
    const [host = '', port] = address.split(':');
    return { host, port: Number(port) };
  });

const settings = (): RedisSettings & { kind: 'sentinel' } => ({
  ...{ kind: 'sentinel', prefix: '', name: servers.name },
  sentinels: addressesOf(servers.sentinels),
  sentinelAccess: {},
});

test('a wrong kind names the right setting', async () => {
  const { redis } = it.gateway;
  const check = (wrong: RedisSettings) => checkRedis(redis, wrong, 'wr:readyz');
  const [sentinel] = servers.sentinels.split(',');
  const server = new URL(servers.urls['node-1']).host;
  await check(settings());
  await expect(check(oneServer(`redis://${sentinel}`))).rejects.toThrow(
    'REDIS_URL leads to a Sentinel: set REDIS_SENTINELS and REDIS_SENTINEL_NAME instead',
  );
  await expect(check({ ...settings(), sentinels: addressesOf(server) })).rejects.toThrow(
    'REDIS_SENTINELS leads to a Redis server that is in no Cluster: set REDIS_URL instead',
  );
  await expect(check({ ...settings(), name: 'other' })).rejects.toThrow(
    'REDIS_SENTINEL_NAME is other, but the Sentinel has no primary of this name',
  );
  const cluster = (list: string): RedisSettings => ({
    kind: 'cluster',
    prefix: '',
    nodes: addressesOf(list),
  });
  await expect(check(cluster(server))).rejects.toThrow(
    'REDIS_CLUSTER leads to a Redis server that is in no Cluster: set REDIS_URL instead',
  );
  await expect(check(cluster(`127.0.0.1:1,${sentinel}`))).rejects.toThrow(
    'REDIS_CLUSTER leads to a Sentinel',
  );
});

test('a killed primary: 503 until the Sentinels name the replica, and every place is kept', async () => {
  const room = await it.openRoom({ admissions_per_minute: 1 });
  const join = () => it.send('POST', `/v1/rooms/${room}/tickets`);
  const { ticket, number } = (await join()).body;
  const primary = new Redis(servers.urls['node-1']);
  await primary.set('wr:{test}:in-step', 1, 'EX', 60);
  await expect.poll(() => primary.wait(1, 100)).toBe(1);
  primary.disconnect();

  const answers: [number, string | null][] = [];
  const killedAt = performance.now();
  await servers.kill('node-1');
  await expect
    .poll(
      async () => {
        const { status, headers } = await join();
        answers.push([status, headers.get('retry-after')]);
        return status;
      },
      { timeout: 20_000, interval: 50 },
    )
    .toBe(201);
  expect(performance.now() - killedAt).toBeLessThan(6_000);
  expect(answers.length).toBeGreaterThan(1);
  for (const [status, retryAfter] of answers.slice(0, -1)) {
    expect(status).toBe(503);
    expect(Number(retryAfter)).toBeGreaterThan(0);
  }
  expect(await servers.primary()).toBe('node-2');
  expect((await it.send('GET', '/readyz')).status).toBe(200);
  const asked = await it.send('GET', `/v1/rooms/${room}/tickets/me`, { bearer: ticket });
  expect([asked.status, asked.body.number]).toEqual([200, number]);
});

test('a primary that hangs is left for the one that the Sentinels name', async () => {
  const own = await startRedisWithSentinels();
  const redisUrl: RedisSettings = { ...settings(), sentinels: addressesOf(own.sentinels) };
  const gateway = await openTestGateway({ databaseUrl: inject('databaseUrl'), redisUrl });
  try {
    const room = await gateway.openRoom();
    const join = async () => (await gateway.send('POST', `/v1/rooms/${room}/tickets`)).status;
    expect(await join()).toBe(201);
    process.kill(own.pidOf('node-1') as number, 'SIGSTOP');
    await expect.poll(join, { timeout: 20_000 }).toBe(201);
    expect(await own.primary()).toBe('node-2');
  } finally {
    process.kill(own.pidOf('node-1') as number, 'SIGCONT');
    await gateway.close();
    await own.stop();
  }
});
