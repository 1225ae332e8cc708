import { randomBytes, randomUUID } from 'node:crypto';
import { insertApiKey } from '@shopfast/db/api-keys';
import { recordDeadLetter } from '@shopfast/db/dead-letters';
import { hashKey } from '@shopfast/kit/admin/authenticate';
import { auditEntry, ENVIRONMENT } from '@shopfast/kit/admin/author';
import { ROLES, type Role } from '@shopfast/kit/admin/roles';
import type { ApiDocument } from '@shopfast/kit/api-document/document';
import { systemClock } from '@shopfast/kit/clock';
import { JOB_BOARD } from '@shopfast/kit/contracts/jobs';
import { listen } from '@shopfast/kit/http';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { connectRedis } from '@shopfast/kit/redis';
import { wrongAdminRequests } from '@shopfast/kit/testing/admin-calls';
import { type DocumentedCall, documentedCalls } from '@shopfast/kit/testing/documented-calls';
import { hostileRequests } from '@shopfast/kit/testing/hostile-requests';
import { createSample, HOSTILE_EVERY } from '@shopfast/kit/testing/hostile-sample';
import { type Sender, sendHostile } from '@shopfast/kit/testing/send-hostile';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '../app.ts';
import { openQueues } from '../queues.ts';
import { openDoor } from '../testing/door.ts';
import { openTestShop, type TestShop } from '../testing/shop.ts';
import { servers } from '../testing/urls.ts';
import { jobBoard } from './job-board.ts';
import { createAttempts, readJobFigures } from './job-figures.ts';
import { adminRoutes } from './routes.ts';

let shop: TestShop;
let app: ReturnType<typeof createApp>;
let url: string;
let letter: string;
let calls: DocumentedCall[];
const keys = {} as Record<Role, string>;
const lifecycle = createLifecycle();
beforeAll(async () => {
  shop = await openTestShop(servers());
  const { sql, log, policy } = shop;
  const queues = openQueues(connectRedis(shop.jobsRedisUrl, 'requests', { log, lifecycle }), {
    log,
    lifecycle,
  });
  const sources = { sql, queues, policy, attempts: createAttempts(systemClock), clock: systemClock };
  const admin = adminRoutes({
    sql,
    clock: systemClock,
    figures: () => readJobFigures(sources),
    door: openDoor(),
  });
  const board = jobBoard({ sql, clock: systemClock, queues, door: openDoor() });
  app = createApp({ checks: {}, admin, board, log });
  const { port } = await listen({ fetch: app.fetch as never, port: 0, host: '127.0.0.1', lifecycle });
  url = `http://127.0.0.1:${port}`;
  const document = await app.request('/openapi.json');
  calls = documentedCalls((await document.json()) as ApiDocument);
  for (const role of ROLES) keys[role] = await makeKey(role);
  await recordDeadLetter(sql, {
    ...{ queue: 'email', name: 'email.send', job_id: 'a1', payload: {}, error: 'refused', attempts: 9 },
    failed_at: new Date(),
  });
  const [row] = await sql<{ id: string }[]>`select id::text as id from dead_letters`;
  letter = row?.id ?? '';
});
afterAll(async () => {
  await lifecycle.close();
  await shop?.close();
});

async function makeKey(role: Role): Promise<string> {
  const key = `adm_${randomBytes(24).toString('base64url')}`;
  const row = { id: randomUUID(), name: role, role, hash: hashKey(key), prefix: key.slice(0, 10) };
  const entry = auditEntry(ENVIRONMENT, Date.now(), { action: 'key.create', target: row.id });
  await insertApiKey(shop.sql, { ...row, created_by: 'test' }, entry);
  return key;
}

test('every operators’ path of the workers is described', () => {
  const listed = new Set(calls.map(({ path }) => path.replaceAll(/\{(\w+)\}/g, ':$1')));
  const answered = app.routes.filter(
    ({ method, path }) =>
      method !== 'ALL' && path.startsWith('/v1/admin/') && !path.startsWith(`${JOB_BOARD}/`),
  );
  expect(answered.length).toBeGreaterThan(2);
  for (const { path } of answered) expect(listed).toContain(path);
});

test('no hostile value in any part of any documented call is answered with 5xx', { timeout: 0 }, async () => {
  const failures: string[] = [];
  const sampled = createSample();
  const valueFor = (name: string) => (name === 'id' ? letter : undefined);
  const senders: Sender[] = [
    ...ROLES.map((name) => ({ name, headers: () => ({ authorization: `Bearer ${keys[name]}` }) })),
    { name: 'browser', headers: () => ({ authorization: `Basic ${btoa(`me:${keys.operator}`)}` }) },
    { name: 'nobody', headers: () => ({}) },
  ];
  for (const sender of senders)
    for (const call of calls) {
      const requests = sampled(hostileRequests(call, valueFor), HOSTILE_EVERY);
      const done = await sendHostile(url, requests, sender);
      expect(done.sent, call.id).toBeGreaterThan(10 / HOSTILE_EVERY);
      failures.push(...done.failures);
    }
  expect(failures).toEqual([]);
});

test('every call that changes something refuses a viewer before it reads the body', async () => {
  for (const { what, path, headers, ...rest } of wrongAdminRequests(calls)) {
    const ask = async (more: object) => {
      const answer = await app.request(path, { ...rest, headers: { ...headers, ...more } });
      return `${what}: ${answer.status} ${((await answer.json()) as { code: string }).code}`;
    };
    expect(await ask({ authorization: `Bearer ${keys.viewer}` })).toBe(`${what}: 403 role_forbidden`);
    expect(await ask({})).toBe(`${what}: 401 key_missing`);
  }
});
