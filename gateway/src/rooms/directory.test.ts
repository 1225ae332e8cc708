import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openTestGateway, type TestGateway } from '../testing/gateway.ts';

let it: TestGateway;
beforeAll(async () => {
  it = await openTestGateway({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') });
});
afterAll(() => it.close());

test('a room that is created while the list is being read is not dropped', async () => {
  for (let round = 0; round < 20; round += 1) {
    const refreshing = Array.from({ length: 5 }, () => it.gateway.rooms.refresh());
    const made = await it.admin('POST', '/rooms', { id: `fresh-${round}` });
    await Promise.all(refreshing);
    expect(made.status).toBe(201);
    expect(it.gateway.rooms.has(`fresh-${round}`)).toBe(true);
  }
});

test('a room that was deleted elsewhere is dropped with the next list', async () => {
  await it.admin('POST', '/rooms', { id: 'deleted-elsewhere' });
  await it.gateway.sql`delete from rooms where id = 'deleted-elsewhere'`;
  await it.gateway.rooms.refresh();
  expect(it.gateway.rooms.has('deleted-elsewhere')).toBe(false);
});
