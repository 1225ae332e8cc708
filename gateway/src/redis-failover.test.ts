import { type MovingAddress, openMovingAddress } from '@shopfast/kit/testing/moving-address';
import { startStores } from '@shopfast/sandbox/stores/start';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { openTestGateway, type TestGateway } from './testing/gateway.ts';

const portOf = (url: string) => Number(new URL(url).port);

let closers: Array<() => unknown> = [];
let [first, second] = [] as unknown as [Redis, Redis];
let address: MovingAddress;
let it: TestGateway;
beforeAll(async () => {
  const urls = await Promise.all(
    [1, 2].map(async () => {
      const stores = await startStores({ parts: ['waitroom'], given: {} });
      closers.push(() => stores.stop());
      return stores.urls.redisUrl;
    }),
  );
  [first, second] = urls.map((url) => new Redis(url)) as [Redis, Redis];
  for (const redis of [first, second]) closers.push(() => redis.disconnect());
  await second.replicaof('127.0.0.1', portOf(urls[0] as string));
  await vi.waitFor(
    async () => expect(await second.info('replication')).toContain('master_link_status:up'),
    20_000,
  );
  address = await openMovingAddress(portOf(urls[0] as string));
  closers.push(() => address.close());
  it = await openTestGateway({
    databaseUrl: inject('databaseUrl'),
    redisUrl: `redis://127.0.0.1:${address.port}`,
  });
  closers.push(() => it.close());
}, 60_000);
afterAll(async () => {
  for (const close of closers.reverse()) await close();
  closers = [];
});

test('a gateway follows its Redis to the new primary, although the old connection stays open', async () => {
  const room = await it.openRoom({ admissions_per_minute: 1 });
  const join = () => it.send('POST', `/v1/rooms/${room}/tickets`);
  const { ticket, number } = (await join()).body;
  await expect.poll(() => first.wait(1, 100)).toBe(1);

  await second.replicaof('NO', 'ONE');
  address.moveTo(second.options.port as number);
  const connections = await first.client('LIST');
  await first.replicaof('127.0.0.1', String(second.options.port));
  // This test's connection, and the gateway's.
  expect(String(connections).trim().split('\n').length).toBeGreaterThan(1);

  const statuses: number[] = [];
  await expect
    .poll(
      async () => {
        const { status } = await join();
        statuses.push(status);
        return status;
      },
      { timeout: 20_000, interval: 50 },
    )
    .toBe(201);
  expect(statuses.filter((status) => status !== 201 && status !== 503)).toEqual([]);
  const asked = await it.send('GET', `/v1/rooms/${room}/tickets/me`, { bearer: ticket });
  expect([asked.status, asked.body.number]).toEqual([200, number]);
  expect((await it.send('GET', '/readyz')).status).toBe(200);
});

test('readiness tests a write: a server that only reads is not ready', async () => {
  await second.config('SET', 'min-replicas-to-write', '9');
  const refused = await it.send('GET', '/readyz');
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '2']);
  expect((await it.send('POST', `/v1/rooms/${await anyRoom()}/tickets`)).body.code).toBe('unavailable');
  await second.config('SET', 'min-replicas-to-write', '0');
  await expect.poll(async () => (await it.send('GET', '/readyz')).status).toBe(200);
});

const anyRoom = async () => (await it.admin('GET', '/rooms')).body.rooms[0].id as string;
