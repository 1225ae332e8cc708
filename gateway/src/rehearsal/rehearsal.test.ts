import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { openTestGateway, type TestGateway } from '../testing/gateway.ts';

const urls = () => ({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') });
let it: TestGateway;
beforeAll(async () => {
  it = await openTestGateway(urls());
});
afterAll(() => it.close());

const stats = async (room: string) => (await it.admin('GET', `/rooms/${room}/stats`)).body;
const rehearse = (room: string, plan: object) => it.admin('POST', `/rooms/${room}/rehearse`, plan);
const passOf = async (room: string) => (await it.admin('GET', `/rooms/${room}/rehearsal-pass`)).body.pass;

test('shoppers cannot see a rehearsal room: every public call answers as if it did not exist', async () => {
  const room = await it.openRoom({ rehearsal: true });
  const pass = { 'x-rehearsal': await passOf(room) };
  const { ticket } = (await it.send('POST', `/v1/rooms/${room}/tickets`, { headers: pass })).body;
  const calls: [string, string][] = [
    ['POST', 'tickets'],
    ['GET', 'tickets/me'],
    ['POST', 'tickets/me/claim'],
    ['GET', 'events'],
    ['GET', 'status'],
    ['DELETE', 'tickets/me'],
  ];
  const wrong = { 'x-rehearsal': `reh_${'A'.repeat(43)}` };
  const ofAnother = { 'x-rehearsal': await passOf(await it.openRoom({ rehearsal: true })) };
  const nobody = await it.send('GET', '/v1/rooms/there-is-none/status');
  for (const [method, call] of calls)
    for (const headers of [{}, wrong, ofAnother]) {
      const answer = await it.send(method, `/v1/rooms/${room}/${call}`, { bearer: ticket, headers });
      expect({ ...answer.body, request_id: '' }).toEqual({ ...nobody.body, request_id: '' });
    }
  const shown = await it.send('GET', `/v1/rooms/${room}/tickets/me`, { bearer: ticket, headers: pass });
  expect(shown.status).toBe(200);
});

test('the pass ends with a reset', async () => {
  const room = await it.openRoom({ rehearsal: true });
  const headers = { 'x-rehearsal': await passOf(room) };
  const status = () => it.send('GET', `/v1/rooms/${room}/status`, { headers });
  expect((await status()).status).toBe(200);
  await it.admin('POST', `/rooms/${room}/reset`);
  expect((await status()).status).toBe(404);
});

test('rehearsal can be switched only on an empty room, so that no synthetic ticket is ahead of a shopper', async () => {
  const room = await it.openRoom({ rehearsal: true });
  const off = () => it.admin('PATCH', `/rooms/${room}`, { rehearsal: false });
  expect((await off()).body.code).toBe('state_conflict');
  await it.admin('POST', `/rooms/${room}/reset`);
  expect((await off()).body.rehearsal).toBe(false);
});

test('a synthetic crowd joins, waits, is called, claims and leaves, within the room’s limits; then its places are free', async () => {
  const room = await it.openRoom({
    rehearsal: true,
    admissions_per_minute: 6_000,
    max_active: 20,
    poll_min_ms: 200,
  });
  const answer = await rehearse(room, { shoppers: 60, seconds: 4 });
  expect(answer.status).toBe(202);
  const second = await rehearse(room, { shoppers: 5, seconds: 4 });
  expect(second.body.code).toBe('state_conflict');
  let peak = 0;
  await vi.waitFor(
    async () => {
      const now = await stats(room);
      peak = Math.max(peak, now.active);
      expect(now.issued).toBeGreaterThan(30);
      expect(now.calls_in_last_minute).toBeGreaterThan(20);
    },
    { timeout: 10_000, interval: 20 },
  );
  expect(peak).toBeGreaterThan(0);
  expect(peak).toBeLessThanOrEqual(20);
  await vi.waitFor(async () => expect((await stats(room)).waiting).toBe(0), { timeout: 15_000 });
  await vi.waitFor(async () => expect((await rehearse(room, { shoppers: 1, seconds: 1 })).status).toBe(202), {
    timeout: 10_000,
  });
  expect((await it.admin('DELETE', `/rooms/${room}/rehearse`)).status).toBe(204);
});

test('a crowd is sent only to open rehearsal rooms, and is limited', async () => {
  const real = await it.openRoom();
  expect((await rehearse(real, { shoppers: 5, seconds: 5 })).body.code).toBe('state_conflict');
  await it.admin('POST', '/rooms', { id: 'not-yet', rehearsal: true });
  expect((await rehearse('not-yet', { shoppers: 5, seconds: 5 })).body.code).toBe('state_conflict');
  for (const plan of [
    { shoppers: 10_001, seconds: 5 },
    { shoppers: 5, seconds: 0 },
    { shoppers: 'many', seconds: 5 },
  ])
    expect((await rehearse('not-yet', plan)).status).toBe(422);
});

test('a crowd has its own invite code for an invite-only room', async () => {
  const room = await it.openRoom({ rehearsal: true, invite_only: true });
  expect((await rehearse(room, { shoppers: 5, seconds: 1 })).status).toBe(202);
  await vi.waitFor(async () => expect((await stats(room)).issued).toBe(5), { timeout: 5_000 });
  await it.admin('DELETE', `/rooms/${room}/rehearse`);
});

test('a crowd stops at shutdown, at once', async () => {
  const own = await openTestGateway(urls());
  const room = await own.openRoom({ rehearsal: true, admissions_per_minute: 1 });
  await own.admin('POST', `/rooms/${room}/rehearse`, { shoppers: 100, seconds: 3_600 });
  await vi.waitFor(async () => expect(own.gateway.rooms.get(room).snapshot?.issued).toBeGreaterThan(0), {
    timeout: 20_000,
  });
  // Closes Redis and Postgres after the crowd. A crowd that continued would keep this from ending.
  await own.close();
  expect(own.gateway.redis.status).toBe('end');
});
