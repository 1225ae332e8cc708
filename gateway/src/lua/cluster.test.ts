import { startStores } from '@shopfast/sandbox/stores/start';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openTestGateway, type TestGateway } from '../testing/gateway.ts';

// A Redis in cluster mode refuses commands and scripts that touch keys in two slots.
let stores: Awaited<ReturnType<typeof startStores<'waitroom'>>>;
let it: TestGateway;
beforeAll(async () => {
  stores = await startStores({ parts: ['waitroom'], given: {}, clustered: true });
  it = await openTestGateway({ databaseUrl: inject('databaseUrl'), redisUrl: stores.urls.redisUrl });
});
afterAll(async () => {
  await it?.close();
  await stores?.stop();
});

test('a cluster refuses commands that touch two slots', async () => {
  await expect(it.gateway.redis.mset('wr:{one}:room', 1, 'wr:{two}:room', 2)).rejects.toThrow(/CROSSSLOT/);
});

test('a room uses one slot for its whole life: lobby, lottery, calls, claims, leaving, stock, reset, delete', async () => {
  const id = 'in-one-slot';
  await it.admin('POST', '/rooms', {
    id,
    queueing_method: 'lottery',
    lobby_opens_at: new Date(Date.now() - 1_000).toISOString(),
    admissions_per_minute: 60_000,
    max_active: 2,
  });
  const state = async () => (await it.send('GET', `/v1/rooms/${id}/status`)).body.state;
  await expect.poll(state, { timeout: 5_000 }).toBe('lobby');
  const join = async () => (await it.send('POST', `/v1/rooms/${id}/tickets`)).body.ticket as string;
  const tickets = await Promise.all([join(), join(), join(), join()]);
  expect((await it.admin('POST', `/rooms/${id}/open`)).status).toBe(200);
  expect((await it.admin('PUT', `/rooms/${id}/remaining`, { remaining: 9, held: 0, sold: 0 })).status).toBe(
    204,
  );

  const statuses = () =>
    Promise.all(tickets.map((bearer) => it.send('GET', `/v1/rooms/${id}/tickets/me`, { bearer })));
  const called = async () => (await statuses()).findIndex((answer) => answer.body.state === 'called');
  await expect.poll(called, { timeout: 5_000 }).toBeGreaterThanOrEqual(0);
  const bearer = tickets[await called()] as string;
  expect((await it.send('POST', `/v1/rooms/${id}/tickets/me/claim`, { bearer })).status).toBe(200);
  for (const ticket of tickets) {
    const left = await it.send('DELETE', `/v1/rooms/${id}/tickets/me`, { bearer: ticket });
    expect(left.status).toBe(204);
  }
  expect((await it.admin('POST', `/rooms/${id}/reset`)).status).toBe(200);
  expect((await it.admin('DELETE', `/rooms/${id}?force=true`)).status).toBe(204);
  expect(await it.gateway.redis.keys(`wr:{${id}}:*`)).toEqual([]);
});
