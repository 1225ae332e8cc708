import type { RedisSettings } from '@shopfast/kit/redis/settings';
import {
  type ClusterNode,
  type RedisCluster,
  startRedisCluster,
} from '@shopfast/sandbox/stores/redis-cluster';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { runEveryScript } from '../testing/every-script.ts';
import { keysOf, openTestGateway, type TestGateway } from '../testing/gateway.ts';
import { roomKeys } from './keys.ts';

// Three primaries: a gateway that does not know Clusters would be redirected for two rooms of three.
let cluster: RedisCluster;
let it: TestGateway;
let primaries: readonly ClusterNode[];
beforeAll(async () => {
  cluster = await startRedisCluster();
  primaries = cluster.nodes;
  it = await openTestGateway({ databaseUrl: inject('databaseUrl'), redisUrl: settingsOf(cluster) });
});
afterAll(async () => {
  await it?.close();
  await cluster?.stop();
});

const settingsOf = ({ nodes: [first] }: RedisCluster): RedisSettings => {
  const [host = '', port] = first?.address.split(':') ?? [];
  return { kind: 'cluster', prefix: '', nodes: [{ host, port: Number(port) }] };
};

/** A room id on each primary. */
async function oneRoomOnEach(name: string): Promise<string[]> {
  const found = new Map<ClusterNode, string>();
  for (let count = 0; found.size < primaries.length; count += 1) {
    const id = `${name}-${count}`;
    const primary = await cluster.primaryOf(roomKeys(id).room);
    if (!found.has(primary)) found.set(primary, id);
  }
  return [...found.values()];
}

test('a Cluster refuses commands that touch two slots', async () => {
  await expect(it.gateway.redis.mset('wr:{one}:room', 1, 'wr:{two}:room', 2)).rejects.toThrow(/CROSSSLOT/);
});

test('every script works for a room on each primary', async () => {
  const rooms = await oneRoomOnEach('script');
  await Promise.all(rooms.map((room) => runEveryScript(it.gateway.redis, room)));
});

test('a room uses one slot for its whole life: lobby, lottery, calls, claims, leaving, stock, reset, delete', async () => {
  const rooms = await oneRoomOnEach('life');
  await Promise.all(rooms.map(liveThrough));
});

async function liveThrough(id: string): Promise<void> {
  await it.admin('POST', '/rooms', {
    id,
    queueing_method: 'lottery',
    lobby_opens_at: new Date(Date.now() - 1_000).toISOString(),
    admissions_per_minute: 60_000,
    max_active: 2,
  });
  const state = async () => (await it.send('GET', `/v1/rooms/${id}/status`)).body.state;
  await expect.poll(state, { timeout: 10_000 }).toBe('lobby');
  const join = async () => (await it.send('POST', `/v1/rooms/${id}/tickets`)).body.ticket as string;
  const tickets = await Promise.all([join(), join(), join(), join()]);
  expect((await it.admin('POST', `/rooms/${id}/open`)).status).toBe(200);
  expect((await it.admin('PUT', `/rooms/${id}/remaining`, { remaining: 9, held: 0, sold: 0 })).status).toBe(
    204,
  );

  const statuses = () =>
    Promise.all(tickets.map((bearer) => it.send('GET', `/v1/rooms/${id}/tickets/me`, { bearer })));
  const called = async () => (await statuses()).findIndex((answer) => answer.body.state === 'called');
  await expect.poll(called, { timeout: 10_000 }).toBeGreaterThanOrEqual(0);
  const bearer = tickets[await called()] as string;
  expect((await it.send('POST', `/v1/rooms/${id}/tickets/me/claim`, { bearer })).status).toBe(200);
  for (const ticket of tickets) {
    const left = await it.send('DELETE', `/v1/rooms/${id}/tickets/me`, { bearer: ticket });
    expect(left.status).toBe(204);
  }
  expect((await it.admin('POST', `/rooms/${id}/reset`)).status).toBe(200);
  expect((await it.admin('DELETE', `/rooms/${id}?force=true`)).status).toBe(204);
  expect(await keysOf(it.gateway.redis, `wr:{${id}}:*`)).toEqual([]);
}

test('readiness writes to every primary', async () => {
  expect((await it.send('GET', '/readyz')).status).toBe(200);
  for (const { redis } of primaries) expect(await redis.keys('wr:readyz:*')).toHaveLength(1);
  const [, second] = primaries;
  await second?.redis.config('SET', 'min-replicas-to-write', '1');
  expect((await it.send('GET', '/readyz')).status).toBe(503);
  await second?.redis.config('SET', 'min-replicas-to-write', '0');
  expect((await it.send('GET', '/readyz')).status).toBe(200);
});
