import { randomId } from '@shopfast/kit/random-id';
import { checkRedis } from '@shopfast/kit/redis/check';
import { oneServer, type RedisSettings } from '@shopfast/kit/redis/settings';
import {
  type ClusterNode,
  type RedisCluster,
  startRedisCluster,
} from '@shopfast/sandbox/stores/redis-cluster';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { roomKeys } from './lua/keys.ts';
import { runEveryScript } from './testing/every-script.ts';
import { keysOf, openTestGateway, type TestGateway } from './testing/gateway.ts';

// Three primaries: a gateway that does not know Clusters would be redirected for two rooms of three.
let cluster: RedisCluster;
let it: TestGateway;
let primaries: readonly ClusterNode[];
beforeAll(async () => {
  cluster = await startRedisCluster({ primaries: 3, replicas: 1 });
  primaries = cluster.nodes.slice(0, 3);
  it = await openTestGateway({ databaseUrl: inject('databaseUrl'), redisUrl: settingsOf(cluster.nodes) });
});
afterAll(async () => {
  await it?.close();
  await cluster?.stop();
});

/** Of the first two: a node tells the others. */
const settingsOf = (nodes: readonly ClusterNode[]): RedisSettings => ({
  ...{ kind: 'cluster', prefix: '' },
  nodes: nodes.slice(0, 2).map(({ address }) => {
    const [host = '', port] = address.split(':');
    return { host, port: Number(port) };
  }),
});

async function roomOn(node: ClusterNode, name: string): Promise<string> {
  for (let count = 0; ; count += 1) {
    const id = `${name}-${count}`;
    if ((await cluster.primaryOf(roomKeys(id).room)) === node) return id;
  }
}

/** A room id on each primary. */
const oneRoomOnEach = (name: string): Promise<string[]> =>
  Promise.all(primaries.map((node) => roomOn(node, name)));

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
  const seen: number[] = [];
  const called = async () => {
    const answers = await statuses();
    seen.push(...answers.map(({ status }) => status));
    return answers.findIndex((answer) => answer.body.state === 'called');
  };
  // A ticket may ask three times a second.
  await expect.poll(called, { timeout: 10_000, interval: 400 }).toBeGreaterThanOrEqual(0);
  expect(new Set(seen)).toEqual(new Set([200]));
  const bearer = tickets[await called()] as string;
  expect((await it.send('POST', `/v1/rooms/${id}/tickets/me/claim`, { bearer })).status).toBe(200);
  for (const ticket of tickets) {
    const left = await it.send('DELETE', `/v1/rooms/${id}/tickets/me`, { bearer: ticket });
    expect(left.status).toBe(204);
  }
  expect((await it.admin('POST', `/rooms/${id}/reset`)).status).toBe(200);
  // Its schedule opens the lobby again, perhaps at the same moment.
  const remove = async () => (await it.admin('DELETE', `/rooms/${id}?force=true`)).status;
  await expect.poll(remove).toBe(204);
  expect(await keysOf(it.gateway.redis, `wr:{${id}}:*`)).toEqual([]);
}

test('readiness writes to every primary', async () => {
  expect((await it.send('GET', '/readyz')).status).toBe(200);
  for (const { redis } of primaries) expect(await redis.keys('wr:readyz:*')).toHaveLength(1);
  const [, second] = primaries;
  await second?.redis.config('SET', 'min-replicas-to-write', '1');
  const refused = await it.send('GET', '/readyz');
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '2']);
  await second?.redis.config('SET', 'min-replicas-to-write', '0');
  expect((await it.send('GET', '/readyz')).status).toBe(200);
});

test('an address of one node, given as one server or as a Sentinel, names the right setting', async () => {
  const { redis } = it.gateway;
  const one = oneServer(`redis://${primaries[0]?.address}`, 'JOBS_');
  await expect(checkRedis(redis, one, 'wr:readyz')).rejects.toThrow(
    'JOBS_REDIS_URL leads to one node of a Redis Cluster: set JOBS_REDIS_CLUSTER instead',
  );
  const cluster_ = settingsOf(primaries);
  const sentinels = cluster_.kind === 'cluster' ? cluster_.nodes : [];
  const asSentinel: RedisSettings = {
    ...{ kind: 'sentinel', prefix: '', sentinels, name: 'a' },
    sentinelAccess: {},
  };
  await expect(checkRedis(redis, asSentinel, 'wr:readyz')).rejects.toThrow(
    'REDIS_SENTINELS leads to one node of a Redis Cluster: set REDIS_CLUSTER instead',
  );
  await checkRedis(redis, cluster_, 'wr:readyz');
});

/** What a shop and its shoppers ask during a sale, for one room. */
function callsOf(room: string, ticket: string) {
  const bearer = ticket;
  return {
    join: () => it.send('POST', `/v1/rooms/${room}/tickets`),
    ticketStatus: () => it.send('GET', `/v1/rooms/${room}/tickets/me`, { bearer }),
    claim: () => it.send('POST', `/v1/rooms/${room}/tickets/me/claim`, { bearer }),
    roomStatus: () => it.send('GET', `/v1/rooms/${room}/status`),
    stock: () => it.admin('PUT', `/rooms/${room}/remaining`, { remaining: 9, held: 0, sold: 0 }),
    rate: () => it.admin('PATCH', `/rooms/${room}`, { admissions_per_minute: 60_000 }),
    readiness: () => it.send('GET', '/readyz'),
    figures: () => it.admin('GET', `/rooms/${room}/stats`),
  };
}

type Answers = { name: string; status: number; retryAfter: string | null }[];

async function askAll(calls: ReturnType<typeof callsOf>): Promise<Answers> {
  const asked = Object.entries(calls).map(async ([name, call]) => {
    const { status, headers } = await call();
    return { name, status, retryAfter: headers.get('retry-after') };
  });
  return Promise.all(asked);
}

/** Every answer is a success, or 503 with a time to try again. */
function expectNoFailure(answers: Answers): void {
  expect(answers.filter(({ status }) => status >= 400 && status !== 503)).toEqual([]);
  expect(answers.filter(({ status, retryAfter }) => status === 503 && !Number(retryAfter))).toEqual([]);
}

/** A room with a called ticket and a waiting one. */
async function openSale(room: string) {
  await it.admin('POST', '/rooms', { id: room, admissions_per_minute: 60_000, max_active: 1 });
  await it.admin('POST', `/rooms/${room}/open`);
  const join = async () => (await it.send('POST', `/v1/rooms/${room}/tickets`)).body;
  const [called, waiting] = [await join(), await join()];
  const calls = callsOf(room, called.ticket);
  await expect.poll(async () => (await calls.ticketStatus()).body.state, { timeout: 10_000 }).toBe('called');
  return { calls, called, waiting: callsOf(room, waiting.ticket), number: waiting.number as number };
}

test('a slot that moves to another primary: 503 at most, and every place is kept', async () => {
  const [room = ''] = await oneRoomOnEach('moved');
  const { calls, waiting, number } = await openSale(room);
  const key = roomKeys(room).room;
  const from = await cluster.primaryOf(key);
  const to = primaries.find((node) => node !== from) as ClusterNode;
  const slot = await from.redis.cluster('KEYSLOT', key);
  const [idFrom, idTo] = [await from.redis.cluster('MYID'), await to.redis.cluster('MYID')].map(String);
  await to.redis.call('CLUSTER', 'SETSLOT', String(slot), 'IMPORTING', String(idFrom));
  await from.redis.call('CLUSTER', 'SETSLOT', String(slot), 'MIGRATING', String(idTo));
  const move = async (share: number) => {
    const keys = await from.redis.cluster('GETKEYSINSLOT', slot, 1_000);
    const some = keys.slice(0, Math.ceil(keys.length * share));
    const [host = '', port = ''] = to.address.split(':');
    await from.redis.call('MIGRATE', host, port, '', '0', '5000', 'KEYS', ...some);
  };
  await move(0.5);
  const half = await askAll(calls);
  expectNoFailure(half);
  expect(half.filter(({ status }) => status === 503)).not.toEqual([]);
  await move(1);
  for (const { redis } of [to, from])
    await redis.call('CLUSTER', 'SETSLOT', String(slot), 'NODE', String(idTo));

  await expect.poll(async () => (await calls.join()).status, { timeout: 10_000 }).toBe(201);
  expectNoFailure(await askAll(calls));
  expect((await waiting.ticketStatus()).body.number).toBe(number);
  expect(await cluster.primaryOf(key)).toBe(to);
});

test('a killed primary: 503 until its replica serves, joins within 6 s, and every place is kept', async () => {
  const [node] = primaries as [ClusterNode];
  const room = await roomOn(node, 'killed');
  const { calls, waiting, number } = await openSale(room);
  await node.redis.set('{wr}:in-step', 1).catch(() => {});
  await expect.poll(() => node.redis.wait(1, 100)).toBe(1);

  const seen: Answers = [];
  const killedAt = performance.now();
  await cluster.kill(node);
  for (let joined = false; !joined; ) {
    const answers = await askAll(calls);
    joined = answers.some(({ name, status }) => name === 'join' && status === 201);
    seen.push(...answers);
    if (performance.now() - killedAt > 20_000) break;
  }
  expect(performance.now() - killedAt).toBeLessThan(6_000);
  expectNoFailure(seen);
  const failed = new Set(seen.filter(({ status }) => status === 503).map(({ name }) => name));
  for (const name of ['join', 'ticketStatus', 'claim', 'stock', 'readiness']) expect(failed).toContain(name);
  expect((await it.send('GET', '/readyz')).status).toBe(200);
  expectNoFailure(await askAll(calls));
  expect((await waiting.ticketStatus()).body.number).toBe(number);
  expect((await calls.join()).body.number).toBeGreaterThan(number);
});

test('a primary that hangs delays no room of another primary', async () => {
  const [, hanging, other] = primaries as [ClusterNode, ClusterNode, ClusterNode];
  // Otherwise all nodes stop while slots have no primary.
  const alive = cluster.nodes.filter((node) => cluster.pidOf(node) !== undefined);
  for (const { redis } of alive) await redis.config('SET', 'cluster-require-full-coverage', 'no');
  const [stopped, well] = [await openLine(hanging, 'hangs'), await openLine(other, 'well')];
  const pid = cluster.pidOf(hanging) as number;
  process.kill(pid, 'SIGSTOP');
  try {
    const refused = await Promise.all([stopped.join(), it.send('GET', '/readyz')]);
    expect(refused.map(({ status }) => status)).toEqual([503, 503]);
    // One call every 100 ms. If this room waited for the other one, it would make 20 calls every two seconds.
    const seen = new Set<number>();
    const steps = () => seen.add(well.serving()).size;
    await expect.poll(steps, { timeout: 10_000, interval: 20 }).toBeGreaterThanOrEqual(15);
    expect((await well.join()).status).toBe(201);
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  await expect.poll(async () => (await stopped.join()).status, { timeout: 10_000 }).toBe(201);
  await expect.poll(async () => (await it.send('GET', '/readyz')).status, { timeout: 10_000 }).toBe(200);
});

/** An open room with people in line. Nobody claims, so all calls follow the rate alone. */
async function openLine(node: ClusterNode, name: string) {
  const id = await roomOn(node, name);
  const settings = { admissions_per_minute: 600, max_active: 1_000_000, claim_seconds: 600 };
  await it.admin('POST', '/rooms', { id, ...settings });
  await it.admin('POST', `/rooms/${id}/open`);
  const { commands, rooms, clock } = it.gateway;
  const add = () => commands.join(rooms.get(id), randomId(), clock.now());
  await Promise.all(Array.from({ length: 150 }, add));
  const serving = () => rooms.get(id).snapshot?.serving ?? 0;
  await expect.poll(serving).toBeGreaterThan(0);
  return { join: () => it.send('POST', `/v1/rooms/${id}/tickets`), serving };
}
