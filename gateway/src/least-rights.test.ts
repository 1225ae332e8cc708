import { randomUUID } from 'node:crypto';
import { claimKey, releaseKey, storeAnswer } from '@shopfast/db/idempotency';
import { queueTurnReminders } from '@shopfast/db/mails';
import { findEndedTokens } from '@shopfast/db/revoked-tokens';
import { createTestDatabase, openServiceRoles } from '@shopfast/db/testing';
import { backlogFell, backlogRose, cleanUpDeliveries } from '@shopfast/db/webhook-deliveries';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { createLog } from '@shopfast/kit/log';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { createTimelineKeeper } from './rooms/timeline/keep.ts';
import { openTestGateway, type TestGateway } from './testing/gateway.ts';
import { pruneRevocations } from './tokens/clean-up.ts';
import { saveReleases } from './tokens/released.ts';
import { deliverDue } from './webhooks/deliver.ts';

const log = createLog('test', 'silent');
const lifecycle = createLifecycle(log);
let it: TestGateway;
beforeAll(async () => {
  const database = await createTestDatabase(inject('databaseUrl'));
  lifecycle.onClose('database', database.drop);
  const url = (await openServiceRoles(database.url))('gateway');
  it = await openTestGateway(
    { databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') },
    { readyDatabase: url },
  );
});
afterAll(async () => {
  await it.close();
  await lifecycle.close();
});

test('the gateway’s database role allows all that the gateway does, and no more on the audit log and jobs', async () => {
  const { gateway } = it;
  const { sql } = gateway;
  const at = new Date();
  const made = await it.admin('POST', '/webhooks', {
    url: 'https://nobody.invalid/',
    events: ['room.opened', 'room.sold_out', 'room.closed', 'room.rate_changed', 'room.backlog'],
    backlog_threshold: 3,
  });
  expect(made.status).toBe(201);
  expect((await it.admin('PUT', '/templates/plain', { max_active: 3 })).status).toBe(200);
  expect((await it.admin('DELETE', '/templates/plain')).status).toBe(204);
  const room = await it.openRoom();
  await vi.waitFor(() => expect(gateway.rooms.get(room).snapshot).not.toBeNull(), { timeout: 5_000 });
  expect((await it.admin('PATCH', `/rooms/${room}`, { admissions_per_minute: 5 })).status).toBe(200);
  const stock = { remaining: 0, held: 0, sold: 1, version: 1 };
  expect((await it.admin('PUT', `/rooms/${room}/remaining`, stock)).status).toBe(204);

  const keeper = createTimelineKeeper(gateway);
  await keeper.sample();
  await keeper.prune();
  expect((await it.admin('GET', `/rooms/${room}/timeline`)).body.points.length).toBeGreaterThan(0);
  await backlogRose(sql, { webhook: made.body.id, room, waiting: 4, threshold: 3, at });
  await backlogFell(sql, made.body.id, room);
  await deliverDue(gateway, async () => undefined);
  await cleanUpDeliveries(sql, at, 10);
  await pruneRevocations(gateway);
  const mail = { cause: 'c', address: 'a@example.com', locale: null, room_name: 'Room' };
  const links = { resume_url: 'https://shop/w/r', stop_url: 'https://shop/s' };
  await queueTurnReminders(sql, [{ ...mail, ...links, created_at: at, expires_at: at }]);
  expect((await it.admin('DELETE', `/rooms/${room}/codes/AbCdEfGhIjKl`)).status).toBe(204);
  const jti = `${room}.${gateway.rooms.get(room).epoch}.ticket`;
  gateway.released.note(room, jti);
  await saveReleases(gateway);
  await vi.waitFor(async () => expect(await findEndedTokens(sql, [jti, 'other'])).toEqual(new Set([jti])), {
    timeout: 15_000,
  });
  expect((await it.admin('POST', `/rooms/${room}/reset`)).status).toBe(200);
  const key = { actor: randomUUID(), key: 'k' };
  await claimKey(sql, key, { hash: 'h', now: at, lockedUntil: at, forgetBefore: new Date(0) });
  await storeAnswer(sql, key, { status: 200, encrypted: '' });
  await releaseKey(sql, key);
  expect((await it.admin('DELETE', `/rooms/${room}?force=true`)).status).toBe(204);
  expect((await it.admin('DELETE', `/webhooks/${made.body.id}`)).status).toBe(204);

  await expect(sql`delete from audit`).rejects.toThrow('permission denied');
  await expect(sql`update audit set actor = 'nobody'`).rejects.toThrow('permission denied');
  await expect(sql`select * from turn_mails`).rejects.toThrow('permission denied');
  await expect(
    sql`insert into outbox (queue, name, payload) values ('payment', 'payment.refund', '{}')`,
  ).rejects.toThrow('permission denied');
  await expect(sql`select * from orders`).rejects.toThrow('permission denied');
});
