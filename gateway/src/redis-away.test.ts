import { startStores } from '@shopfast/sandbox/stores/start';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openTestGateway, type TestGateway } from './testing/gateway.ts';

type OwnRedis = Awaited<ReturnType<typeof startStores<'waitroom'>>>;
let stores: OwnRedis;
let it: TestGateway;
beforeAll(async () => {
  stores = await startStores({ parts: ['waitroom'], given: {}, appendOnly: true });
  it = await openTestGateway({ databaseUrl: inject('databaseUrl'), redisUrl: stores.urls.redisUrl });
});
afterAll(async () => {
  await it?.close();
  await stores?.stop();
});

test('while Redis is unavailable everybody gets 503 with Retry-After, nothing is issued, and places are there afterwards', async () => {
  const room = await it.openRoom({ admissions_per_minute: 60_000, max_active: 1 });
  const first = (await it.send('POST', `/v1/rooms/${room}/tickets`)).body;
  const second = (await it.send('POST', `/v1/rooms/${room}/tickets`)).body;
  const ask = (bearer: string) => it.send('GET', `/v1/rooms/${room}/tickets/me`, { bearer });
  await expect.poll(async () => (await ask(first.ticket)).body.state, { timeout: 5_000 }).toBe('called');
  await it.gateway.redis.bgrewriteaof();

  await stores.kill('waitroom');
  const away = [
    await it.send('POST', `/v1/rooms/${room}/tickets`),
    await ask(second.ticket),
    await it.send('POST', `/v1/rooms/${room}/tickets/me/claim`, { bearer: first.ticket }),
  ];
  for (const answer of away) {
    expect(answer.status).toBe(503);
    expect(answer.body.code).toBe('unavailable');
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(2);
    expect(answer.text).not.toContain('reservation_token');
  }
  expect((await it.send('GET', '/readyz')).status).toBe(503);
  expect((await it.send('GET', `/v1/rooms/${room}/status`)).status).toBe(200);

  await stores.restart('waitroom');
  await expect.poll(async () => (await ask(second.ticket)).status, { timeout: 10_000 }).toBe(200);
  expect((await ask(second.ticket)).body.number).toBe(2);
  expect((await it.send('GET', '/readyz')).status).toBe(200);
});
