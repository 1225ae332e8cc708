import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { createTestDatabase } from '@shopfast/db/testing';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { randomId } from '@shopfast/kit/random-id';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { roomKeys } from '../lua/keys.ts';
import { openTestGateway, type TestGateway } from '../testing/gateway.ts';

const urls = { databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') };
const SOON = { timeout: 30_000, interval: 20 };
const ROOMS = 10;

const lifecycle = createLifecycle();
let [one, other]: TestGateway[] = [];
const ids: string[] = [];
beforeAll(async () => {
  const database = await createTestDatabase(urls.databaseUrl);
  lifecycle.onClose('database', database.drop);
  const shared = { readyDatabase: database.url, secret: 'one secret of both gateways', tickMs: 100 };
  for (const [name, open] of [
    [
      'one',
      (it: TestGateway) => {
        one = it;
      },
    ],
    [
      'other',
      (it: TestGateway) => {
        other = it;
      },
    ],
  ] as const) {
    const it = await openTestGateway(urls, shared);
    lifecycle.onClose(name, it.close);
    open(it);
  }
  for (let count = 0; count < ROOMS; count += 1)
    ids.push(await gateway(one).openRoom({ admissions_per_minute: 600, claim_seconds: 10 }));
  await gateway(other).gateway.rooms.refresh();
});
afterAll(() => lifecycle.close());

function gateway(it: TestGateway | undefined): TestGateway {
  if (!it) throw new Error('no gateway is open');
  return it;
}
const join = async (it: TestGateway, id: string) =>
  it.gateway.commands.join(it.gateway.rooms.get(id), randomId(), it.gateway.clock.now());
const snapshotIn = (it: TestGateway, id: string) => it.gateway.rooms.get(id).snapshot;

/** Counts commands about our rooms, as Redis receives them from any gateway: "1796146455.1 [0 address] "evalsha" …" a line. */
async function countCommands(): Promise<{ scripts: number; looks: Map<string, number>; stop(): void }> {
  const { hostname, port } = new URL(urls.redisUrl);
  const socket = connect(Number(port), hostname).setEncoding('utf8');
  const counted = { scripts: 0, looks: new Map<string, number>(), stop: () => void socket.destroy() };
  socket.write('MONITOR\r\n');
  createInterface(socket).on('line', (line) => {
    const id = ids.find((room) => line.includes(`{${room}}`));
    if (!id || line.includes(' lua] ')) return;
    if (/\] "evalsha"/i.test(line)) counted.scripts += 1;
    if (/\] "hmget"/i.test(line)) counted.looks.set(id, (counted.looks.get(id) ?? 0) + 1);
  });
  await once(socket, 'data');
  return counted;
}

/** How often high-water marks and calls were saved. */
const savesOf = async (it: TestGateway): Promise<number> => {
  const [row] = await it.gateway.sql<{ calls: number }[]>`
    select coalesce(sum(calls), 0)::int as calls from pg_stat_statements
    where dbid = (select oid from pg_database where datname = current_database())
      and query like '%jsonb_to_recordset%high_number bigint%'`;
  return row?.calls ?? 0;
};

test('an idle room costs a look every two seconds instead of steps, and no statement', {
  timeout: 90_000,
}, async () => {
  const it = gateway(one);
  await it.gateway.sql`create extension if not exists pg_stat_statements`;
  for (const each of [it, gateway(other)])
    await vi.waitFor(() => expect(ids.every((id) => snapshotIn(each, id) !== null)).toBe(true), SOON);
  // The marks of the new rooms are saved once.
  await vi.waitFor(async () => expect(await savesOf(it)).toBeGreaterThanOrEqual(1), SOON);
  const before = await savesOf(it);
  const counted = await countCommands();
  const looks = () => [...counted.looks.values()];
  await vi.waitFor(() => {
    expect(looks()).toHaveLength(ROOMS);
    expect(Math.min(...looks())).toBeGreaterThanOrEqual(6);
  }, SOON);
  counted.stop();
  const all = looks().reduce((sum, count) => sum + count, 0);
  expect(counted.scripts).toBeLessThan(all / 3);
  expect(await savesOf(it)).toBeLessThanOrEqual(before + 2);
});

test('a place that another gateway gives in an idle room is seen, and the shopper is called at once', {
  timeout: 60_000,
}, async () => {
  const [id = ''] = ids;
  await join(gateway(one), id);
  for (const each of [gateway(one), gateway(other)])
    await vi.waitFor(
      () => expect(snapshotIn(each, id)).toMatchObject({ issued: 1, serving: 1, active: 1 }),
      SOON,
    );
});

test('new stock, a new version and a loss of Redis are seen in an idle room', {
  timeout: 60_000,
}, async () => {
  const [, id = ''] = ids;
  const { redis } = gateway(one).gateway;
  await gateway(one).admin('PUT', `/rooms/${id}/remaining`, { remaining: 7, held: 1, sold: 2 });
  await vi.waitFor(() => expect(snapshotIn(gateway(other), id)?.remaining).toBe(7), SOON);
  expect((await gateway(one).admin('POST', `/rooms/${id}/pause`)).status).toBe(200);
  await vi.waitFor(() => expect(gateway(other).gateway.rooms.get(id).state).toBe('paused'), SOON);
  await redis.unlink(roomKeys(id).room);
  await vi.waitFor(async () => expect(await redis.exists(roomKeys(id).room)).toBe(1), SOON);
});
