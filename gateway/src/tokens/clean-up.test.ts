import { cleanUpRevocations, revokeToken } from '@shopfast/db/revoked-tokens';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openTestGateway, type TestGateway } from '../testing/gateway.ts';
import { pruneRevocations } from './clean-up.ts';

const HOUR_MS = 3_600_000;

let it: TestGateway;
beforeAll(async () => {
  it = await openTestGateway({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') });
});
afterAll(() => it.close());

const revoke = (room: string, rest: string, hoursAgo: number) => {
  const at = new Date(it.gateway.clock.now() - hoursAgo * HOUR_MS);
  return revokeToken(it.gateway.sql, { jti: `${room}.${rest}`, room, at }, null);
};
const kept = async (room: string) =>
  (
    await it.gateway.sql<{ jti: string }[]>`select jti from revoked_tokens where room = ${room} order by jti`
  ).map(({ jti }) => jti.slice(room.length + 1));

test('a revocation is kept while its token, or another one for the same ticket, could be valid', async () => {
  const room = await it.openRoom();
  await revoke(room, '1.fresh', 1);
  await revoke(room, '1.ticket-may-return', 48);
  await revoke('gone-room', '1.token-may-be-good', 24);
  await pruneRevocations(it.gateway);
  expect(await kept(room)).toEqual(['1.fresh', '1.ticket-may-return']);
  expect(await kept('gone-room')).toEqual(['1.token-may-be-good']);
});

test('it is deleted a day after the room was deleted or reset, and after thirty days in any case', async () => {
  const room = await it.openRoom();
  await it.admin('POST', `/rooms/${room}/close`);
  expect((await it.admin('POST', `/rooms/${room}/reset`)).status).toBe(200);
  await revoke(room, '1.before-the-reset', 25);
  const { epoch } = it.gateway.rooms.get(room);
  await revoke(room, `${epoch}.since-the-reset`, 25);
  await revoke(room, `${epoch}.long-ago`, 24 * 31);
  await revoke(room, 'typed-by-hand', 25);
  await revoke('deleted-room', '1.ticket', 25);
  await pruneRevocations(it.gateway);
  expect(await kept(room)).toEqual([`${epoch}.since-the-reset`]);
  expect(await kept('deleted-room')).toEqual([]);
});

test('a step deletes at most its portion', async () => {
  for (let count = 0; count < 5; count += 1) await revoke('many', `1.${count}`, 48);
  const count = async () =>
    (await it.gateway.sql<{ n: number }[]>`select count(*) n from revoked_tokens`)[0]?.n as number;
  const before = await count();
  const now = it.gateway.clock.now();
  const bounds = { before: new Date(now - 24 * HOUR_MS), longBefore: new Date(0), limit: 2 };
  expect(await cleanUpRevocations(it.gateway.sql, bounds)).toBe(2);
  expect(await count()).toBe(before - 2);
});
