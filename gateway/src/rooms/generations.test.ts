import { findRoom, resetRoom } from '@shopfast/db/rooms';
import type { Room as RoomRow } from '@shopfast/db/schema/gateway';
import { auditEntry, ENVIRONMENT } from '@shopfast/kit/admin/author';
import { epochOfJti } from '@shopfast/kit/contracts/token';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { roomKeys } from '../lua/keys.ts';
import { openTestGateway, type TestGateway } from '../testing/gateway.ts';
import type { Snapshot } from './room.ts';
import { syncRoomToRedis } from './sync-to-redis.ts';
import { wipeRoom } from './wipe.ts';

const SOON = { timeout: 10_000 };

let it: TestGateway;
beforeAll(async () => {
  it = await openTestGateway({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') });
});
afterAll(() => it.close());

const join = (room: string, bearer?: string) =>
  it.send('POST', `/v1/rooms/${room}/tickets`, bearer === undefined ? {} : { bearer });
const ask = (room: string, bearer: string) => it.send('GET', `/v1/rooms/${room}/tickets/me`, { bearer });
const epochInRedis = async (room: string) =>
  Number(await it.gateway.redis.hget(roomKeys(room).room, 'epoch'));
const rowOf = async (room: string) => (await findRoom(it.gateway.sql, room)) as RoomRow;

/** The state after a gateway that died before it emptied Redis. */
async function resetInPostgresAlone(room: string): Promise<RoomRow> {
  const row = await rowOf(room);
  const entry = auditEntry(ENVIRONMENT, Date.now(), { action: 'room.reset', target: room });
  return (await resetRoom(
    it.gateway.sql,
    { ...row, state: 'open', lottery: { sealedSeed: 'seed', version: 2 } },
    entry,
  )) as RoomRow;
}

test('a reservation contains the generation of its room, twice', async () => {
  const room = await it.openRoom({ admissions_per_minute: 60_000 });
  const { ticket } = (await join(room)).body;
  await vi.waitFor(async () => expect((await ask(room, ticket)).body.state).toBe('called'), SOON);
  const claimed = await it.send('POST', `/v1/rooms/${room}/tickets/me/claim`, { bearer: ticket });
  const { epoch } = await rowOf(room);
  const claims = decodeJwt(claimed.body.reservation_token);
  expect(claims).toMatchObject({ room, epoch });
  expect(epochOfJti(room, claims.jti as string)).toBe(epoch);
});

test('a ticket ends with the deletion of its room: it is void in a new room with the same name', async () => {
  const room = await it.openRoom();
  const { ticket } = (await join(room)).body;
  await it.admin('DELETE', `/rooms/${room}?force=true`);
  expect((await ask(room, ticket)).body.code).toBe('room_unknown');
  await it.admin('POST', '/rooms', { id: room });
  await it.admin('POST', `/rooms/${room}/open`);
  expect((await ask(room, ticket)).body.code).toBe('ticket_expired');
  const again = await join(room, ticket);
  expect([again.status, again.body.number]).toEqual([201, 1]);
  expect(again.body.ticket).not.toBe(ticket);
});

test('Redis keys of the generation before are deleted, although the gateway that reset the room died', async () => {
  const room = await it.openRoom({ admissions_per_minute: 1 });
  const [{ body: first }] = [await join(room), await join(room)];
  const { epoch } = await resetInPostgresAlone(room);
  await vi.waitFor(async () => expect(await epochInRedis(room)).toBe(epoch), SOON);
  expect((await ask(room, first.ticket)).body.code).toBe('ticket_expired');
  expect((await join(room)).body.number).toBe(1);
});

test('an older generation neither overwrites nor wipes a newer one', async () => {
  const room = await it.openRoom({ admissions_per_minute: 1 });
  const before = await rowOf(room);
  await it.admin('POST', `/rooms/${room}/reset`);
  await it.admin('POST', `/rooms/${room}/open`);
  const { ticket } = (await join(room)).body;
  await syncRoomToRedis(it.gateway, { ...before, version: before.version + 100 });
  await wipeRoom(it.gateway, room, before.epoch);
  expect(await epochInRedis(room)).toBe((await rowOf(room)).epoch);
  expect((await ask(room, ticket)).status).toBe(200);
});

test('what a step saw of an earlier generation is no high-water mark of the next one', async () => {
  const room = await it.openRoom();
  const { rooms } = it.gateway;
  await vi.waitFor(() => expect(rooms.get(room).snapshot).not.toBeNull(), SOON);
  const { epoch, snapshot } = rooms.get(room);
  rooms.put({ ...(await rowOf(room)), epoch: epoch + 1_000 });
  rooms.recordSnapshot(room, { epoch, snapshot: { ...(snapshot as Snapshot), issued: 99 } });
  expect(rooms.get(room).snapshot).toBeNull();
});

test('a room that was created again is recognised by its epoch, with any version', async () => {
  const room = await it.openRoom();
  const row = await rowOf(room);
  const fresh = { ...row, epoch: row.epoch + 1_000, version: 1 };
  expect(it.gateway.rooms.put(fresh).epoch).toBe(fresh.epoch);
  expect(it.gateway.rooms.put({ ...row, version: 99 }).epoch).toBe(fresh.epoch);
});
