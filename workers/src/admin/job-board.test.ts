import { randomBytes, randomUUID } from 'node:crypto';
import { insertApiKey } from '@shopfast/db/api-keys';
import { listAudit } from '@shopfast/db/audit';
import { hashKey } from '@shopfast/kit/admin/authenticate';
import { auditEntry, ENVIRONMENT } from '@shopfast/kit/admin/author';
import type { Role } from '@shopfast/kit/admin/roles';
import { systemClock } from '@shopfast/kit/clock';
import { JOB_BOARD } from '@shopfast/kit/contracts/jobs';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { connectRedis } from '@shopfast/kit/redis';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../app.ts';
import { openQueues, type Queues } from '../queues.ts';
import { openDoor } from '../testing/door.ts';
import { openTestShop, type TestShop } from '../testing/shop.ts';
import { servers } from '../testing/urls.ts';
import { jobBoard } from './job-board.ts';

let shop: TestShop;
let queues: Queues;
let app: ReturnType<typeof createApp>;
const keys = {} as Record<Role, string>;
const lifecycle = createLifecycle();
beforeAll(async () => {
  shop = await openTestShop(servers());
  const redis = connectRedis(shop.jobsRedisUrl, 'requests', { log: shop.log, lifecycle });
  queues = openQueues(redis, { log: shop.log, lifecycle });
  const board = jobBoard({ sql: shop.sql, clock: systemClock, queues, door: openDoor() });
  app = createApp({ checks: {}, admin: new Hono(), board, log: shop.log });
  for (const role of ['viewer', 'operator'] as const) keys[role] = await makeKey(role);
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

type Asked = { method?: string; site?: string; password?: string; headers?: Record<string, string> };
/** A request like a browser's: the key as password, and `Sec-Fetch-Site`. */
const ask = (path: string, { method = 'GET', site = 'same-origin', password, headers = {} }: Asked = {}) =>
  app.request(`${JOB_BOARD}${path}`, {
    method,
    headers: {
      ...(password ? { authorization: `Basic ${Buffer.from(`me:${password}`).toString('base64')}` } : {}),
      ...(site ? { 'sec-fetch-site': site } : {}),
      ...headers,
    },
  });

describe('the job board', () => {
  test('has no open route: page, scripts, figures and changes all need a key (HTTP Basic)', async () => {
    const page = await (await ask('', { password: keys.viewer })).text();
    const [, script] = /src="(static\/js\/main[^"]+)"/.exec(page) ?? [];
    expect(script).toBeDefined();
    for (const path of [
      '',
      '/',
      '/queue/email',
      `/${script}`,
      '/api/queues',
      '/api/redis/stats',
      '/static/../api/queues',
    ]) {
      const answer = await ask(path);
      expect([path, answer.status]).toEqual([path, 401]);
      expect(answer.headers.get('www-authenticate')).toMatch(/^Basic realm=/);
      expect((await ask(path, { password: `adm_${'x'.repeat(32)}` })).status).toBe(401);
    }
    expect((await ask('/api/queues/email/pause', { method: 'PUT' })).status).toBe(401);
    expect((await ask(`/${script}`, { password: keys.viewer })).status).toBe(200);
  });

  test('shows every queue to a viewer, loads nothing external and cannot be framed', async () => {
    const page = await ask('', { password: keys.viewer });
    expect(page.status).toBe(200);
    const policy = page.headers.get('content-security-policy') ?? '';
    for (const rule of ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"])
      expect(policy).toContain(rule);
    expect(policy).not.toContain('http');
    expect(page.headers.get('cache-control')).toBe('no-store');
    const { queues: shown } = (await (await ask('/api/queues', { password: keys.viewer })).json()) as {
      queues: { name: string }[];
    };
    expect(shown.map(({ name }) => name)).toEqual(['payment', 'email', 'holds', 'slots']);
  });

  test('lets operators make changes, from its own page only, audited; viewers can only read', async () => {
    const pause = (asked: Asked) => ask('/api/queues/email/pause', { method: 'PUT', ...asked });
    const isPaused = () => queues.email.isPaused();
    expect((await pause({ password: keys.viewer })).status).toBe(403);
    for (const site of ['cross-site', 'same-site', ''])
      expect((await pause({ password: keys.operator, site })).status).toBe(403);
    expect(await isPaused()).toBe(false);
    expect(
      await listAudit(shop.sql, { limit: 10 }).then((all) =>
        all.filter(({ action }) => action === 'jobs.change'),
      ),
    ).toEqual([]);

    expect((await pause({ password: keys.operator })).status).toBe(200);
    expect(await isPaused()).toBe(true);
    const [entry] = await listAudit(shop.sql, { limit: 1 });
    expect(entry).toMatchObject({ action: 'jobs.change', target: 'email/pause', role: 'operator' });
    const byProgram = { authorization: `Bearer ${keys.operator}` };
    await ask('/api/queues/email/resume', { method: 'PUT', site: '', headers: byProgram });
    expect(await isPaused()).toBe(false);
  });

  test('lets nobody create, edit or delete jobs', async () => {
    await queues.email.add('email.send', {}, { jobId: 'kept-1', delay: 600_000 });
    const wrong: [string, string][] = [
      ['POST', '/api/queues/payment/add'],
      ['PUT', '/api/queues/email/empty'],
      ['PUT', '/api/queues/email/obliterate'],
      ['PUT', '/api/queues/email/clean/delayed'],
      ['PUT', '/api/queues/email/kept-1/clean'],
      ['PATCH', '/api/queues/email/kept-1/update-data'],
      ['PUT', '/api/queues/email/concurrency'],
    ];
    for (const [method, path] of wrong)
      expect([path, (await ask(path, { method, password: keys.operator })).status]).toEqual([path, 405]);
    expect(await queues.email.getJob('kept-1')).toBeDefined();
    expect(
      (await ask('/api/queues/email/kept-1/promote', { method: 'PUT', password: keys.operator })).status,
    ).toBe(204);
    expect(await queues.email.getWaitingCount()).toBe(1);
  });
});
