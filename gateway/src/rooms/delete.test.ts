import { findRoom } from '@shopfast/db/rooms';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { startTicker } from '../admission/ticker.ts';
import type { Gateway } from '../gateway.ts';
import { openTestGateway, type TestGateway } from '../testing/gateway.ts';
import { createRoomDirectory } from './directory.ts';
import { syncRoomToRedis } from './sync-to-redis.ts';

let it: TestGateway;
beforeAll(async () => {
  it = await openTestGateway({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') });
});
afterAll(() => it.close());

const keysOf = (room: string) => it.gateway.redis.keys(`wr:{${room}}:*`);
const remove = (room: string, query = '') => it.admin('DELETE', `/rooms/${room}${query}`);

/** Another gateway on the same Redis and Postgres, with its own copy of the rooms. */
function anotherGateway(): Gateway {
  return { ...it.gateway, rooms: createRoomDirectory(it.gateway.sql, it.gateway.sealer) };
}

test('a room that is in use is not deleted without force, and only an owner deletes', async () => {
  const room = await it.openRoom();
  const refused = await remove(room);
  expect(refused.status).toBe(409);
  expect(refused.body.code).toBe('state_conflict');
  const { key } = (await it.admin('POST', '/keys', { name: 'o', role: 'operator' })).body;
  const asOperator = await it.send('DELETE', `/v1/admin/rooms/${room}?force=true`, { bearer: key });
  expect(asOperator.body.code).toBe('role_forbidden');
  expect((await it.admin('GET', `/rooms/${room}`)).status).toBe(200);
  await it.admin('POST', `/rooms/${room}/close`);
  expect((await remove(room)).status).toBe(204);
  expect((await remove(room)).body.code).toBe('room_unknown');
});

test('deleting leaves no Redis key and no row except the audit log, while other gateways tick and shoppers join', async () => {
  const lifecycle = createLifecycle();
  const others = [anotherGateway(), anotherGateway(), anotherGateway()];
  const room = await it.openRoom({ admissions_per_minute: 60_000 });
  for (const other of others) {
    await other.rooms.refresh();
    startTicker(other, lifecycle);
  }
  const join = () => it.send('POST', `/v1/rooms/${room}/tickets`);
  const { ticket } = (await join()).body;
  await vi.waitFor(() => expect(it.gateway.rooms.get(room).snapshot?.active).toBe(1), { timeout: 5_000 });
  await it.send('POST', `/v1/rooms/${room}/tickets/me/claim`, { bearer: ticket });

  const crowd = Array.from({ length: 50 }, () => join());
  const [deleted] = await Promise.all([remove(room, '?force=true'), ...crowd]);
  expect(deleted.status).toBe(204);
  await vi.waitFor(
    () => {
      for (const other of others) expect(() => other.rooms.get(room)).toThrow();
    },
    { timeout: 15_000 },
  );
  await join();
  expect(await keysOf(room)).toEqual([]);
  const tables = await it.gateway.sql<{ name: string }[]>`
    select table_name as name from information_schema.columns
    where column_name = 'room' and table_schema = 'public' and table_name <> 'products' and table_name <> 'orders'`;
  for (const { name } of tables)
    expect(await it.gateway.sql`select from ${it.gateway.sql(name)} where room = ${room}`).toHaveLength(0);
  expect(await findRoom(it.gateway.sql, room)).toBeUndefined();
  const [entry] = (await it.admin('GET', '/audit')).body.entries;
  expect(entry).toMatchObject({ action: 'room.delete', target: room, before: { state: 'open' } });
  await lifecycle.close();
});

test('a gateway that was restoring the room removes it again', async () => {
  const room = await it.openRoom();
  const late = anotherGateway();
  const row = await findRoom(it.gateway.sql, room);
  if (!row) throw new Error('the room exists');
  await remove(room, '?force=true');
  await syncRoomToRedis(late, row);
  expect(await keysOf(room)).toEqual([]);
  expect(() => late.rooms.get(room)).toThrow();
});

test('a ticket of a deleted room is void in a new one with the same id, and the new one has its own settings', async () => {
  const room = await it.openRoom({ max_active: 7 });
  for (const max_active of [5, 6, 7]) await it.admin('PATCH', `/rooms/${room}`, { max_active });
  const other = anotherGateway();
  await other.rooms.refresh();
  const { ticket } = (await it.send('POST', `/v1/rooms/${room}/tickets`)).body;
  await remove(room, '?force=true');
  await it.admin('POST', '/rooms', { id: room });
  await it.admin('POST', `/rooms/${room}/open`);
  const old = await it.send('GET', `/v1/rooms/${room}/tickets/me`, { bearer: ticket });
  expect(old.body.code).toBe('ticket_expired');
  await other.rooms.refresh();
  expect(other.rooms.get(room).settings.max_active).toBe(500);
});
