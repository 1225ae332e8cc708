import { randomBytes, randomUUID } from 'node:crypto';
import { insertApiKey } from '@shopfast/db/api-keys';
import { listAudit } from '@shopfast/db/audit';
import { connectDb, type Sql } from '@shopfast/db/client';
import { recordDeadLetter } from '@shopfast/db/dead-letters';
import { type OutboxJob, publishOutbox, requeue } from '@shopfast/db/outbox';
import { createTestDatabase, openServiceRoles } from '@shopfast/db/testing';
import { hashKey } from '@shopfast/kit/admin/authenticate';
import { auditEntry, ENVIRONMENT } from '@shopfast/kit/admin/author';
import type { Role } from '@shopfast/kit/admin/roles';
import { systemClock } from '@shopfast/kit/clock';
import { jobId } from '@shopfast/kit/contracts/jobs';
import type { QueueName } from '@shopfast/kit/contracts/limits';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { createLog } from '@shopfast/kit/log';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createApp } from '../app.ts';
import { openDoor } from '../testing/door.ts';
import { servers } from '../testing/urls.ts';
import { adminRoutes } from './routes.ts';

const log = createLog('workers-test', 'silent');
const LEASE = { limit: 100, leaseSeconds: 1 };

let sql: Sql;
let app: ReturnType<typeof createApp>;
let close: () => Promise<void>;
beforeEach(async () => {
  const lifecycle = createLifecycle(log);
  const database = await createTestDatabase(servers().databaseUrl);
  lifecycle.onClose('database', database.drop);
  ({ sql } = connectDb(database.url, { name: 'test', max: 2, lifecycle, log }));
  // The app as deployed: with only the rights of the workers' database role.
  const url = (await openServiceRoles(database.url))('workers');
  const workers = connectDb(url, { name: 'workers', max: 2, lifecycle, log });
  const admin = adminRoutes({
    sql: workers.sql,
    clock: systemClock,
    figures: () => Promise.reject(new Error('not asked for here')),
    door: openDoor(),
  });
  app = createApp({ checks: {}, admin, log });
  close = () => lifecycle.close();
});
afterEach(() => close());

async function makeKey(role: Role): Promise<string> {
  const key = `adm_${randomBytes(24).toString('base64url')}`;
  const row = { id: randomUUID(), name: role, role, hash: hashKey(key), prefix: key.slice(0, 10) };
  const entry = auditEntry(ENVIRONMENT, Date.now(), { action: 'key.create', target: row.id });
  await insertApiKey(sql, { ...row, created_by: 'test' }, entry);
  return key;
}

async function ask(method: string, path: string, role: Role = 'operator') {
  const headers = { authorization: `Bearer ${await makeKey(role)}` };
  const answer = await app.request(`/v1/admin/dead-letters${path}`, { method, headers });
  return { status: answer.status, body: (await answer.json()) as Answer };
}
type Letter = { id: number; queue: string; resent_at: string | null };
type Answer = {
  dead_letters: Letter[];
  next_before: number | null;
  code?: string;
  id?: number;
  resent_before?: boolean;
};

/** An outbox job that reached its queue and used up its attempts. */
async function fail(queue: QueueName = 'email', name = 'email.send'): Promise<string> {
  const payload = { order_id: randomUUID(), template: 'order_paid' };
  await sql`insert into outbox (queue, name, payload) values (${queue}, ${name}, ${sql.json(payload)})`;
  const [job] = await handedOver();
  const id = jobId(job!.id);
  await recordDeadLetter(sql, {
    ...{ queue, name, job_id: id, payload, error: 'connection refused', attempts: 9 },
    failed_at: new Date(),
  });
  return id;
}

async function handedOver(): Promise<OutboxJob[]> {
  const jobs: OutboxJob[] = [];
  await publishOutbox(sql, LEASE, async (rows) => void jobs.push(...rows));
  return jobs;
}

test('a dead letter is resent once, as a new job, and the audit log names who did it', async () => {
  const failed = await fail();
  const [letter] = (await ask('GET', '')).body.dead_letters;
  expect(letter).toMatchObject({ queue: 'email', job_id: failed, attempts: 9, resent_at: null });
  for (const resent_before of [false, true, true])
    expect(await ask('POST', `/${letter!.id}/resend`)).toEqual({
      status: 202,
      body: { id: letter!.id, resent_before },
    });

  const jobs = await handedOver();
  expect(jobs).toMatchObject([{ queue: 'email', name: 'email.send' }]);
  expect(jobs.map(({ id }) => jobId(id))).not.toContain(failed);
  const audit = await listAudit(sql, { limit: 100 });
  expect(audit.filter(({ action }) => action === 'dead_letter.resend')).toMatchObject([
    { target: String(letter!.id), role: 'operator' },
  ]);
});

test('a queue that lost everything gets the resent job, and not the one that failed', async () => {
  const failed = await fail();
  expect(await requeue(sql, { lateMs: -1_000, limit: 100 })).toBe(0);
  const [letter] = (await ask('GET', '')).body.dead_letters;
  await ask('POST', `/${letter!.id}/resend`);
  const [sent] = await handedOver();
  expect(await requeue(sql, { lateMs: -1_000, limit: 100 })).toBe(1);
  const again = await handedOver();
  expect(again.map(({ id }) => id)).toEqual([sent!.id]);
  expect(jobId(sent!.id)).not.toBe(failed);
});

test('dead letters are read page by page, newest first, by queue, and resent or not', async () => {
  for (let made = 0; made < 3; made += 1) await fail();
  await fail('slots', 'slots.settle');
  const idsOf = async (query: string) => {
    const { body } = await ask('GET', query, 'viewer');
    return { ids: body.dead_letters.map(({ id }) => id), next: body.next_before };
  };
  const all = (await idsOf('')).ids;
  expect(all).toEqual([...all].sort((a, b) => b - a));
  expect(all).toHaveLength(4);
  expect(await idsOf('?limit=3')).toEqual({ ids: all.slice(0, 3), next: all[2] });
  expect(await idsOf(`?limit=3&before=${all[2]}`)).toEqual({ ids: all.slice(3), next: null });
  expect((await idsOf('?queue=slots')).ids).toEqual(all.slice(0, 1));

  await ask('POST', `/${all[1]}/resend`);
  expect((await idsOf('?resent=true')).ids).toEqual([all[1]]);
  expect((await idsOf('?resent=false&queue=email')).ids).toEqual(all.slice(2));
});

test('without a key nothing can be read, a viewer cannot resend, and invalid input is refused', async () => {
  await fail();
  const [letter] = (await ask('GET', '', 'viewer')).body.dead_letters;
  const refused = async (method: string, path: string, role?: Role) =>
    (({ status, body }) => `${status} ${body.code}`)(await ask(method, path, role));
  for (const path of ['dead-letters', 'jobs'])
    expect((await app.request(`/v1/admin/${path}`)).status).toBe(401);
  expect(await refused('POST', `/${letter!.id}/resend`, 'viewer')).toBe('403 role_forbidden');
  expect(await refused('POST', '/999/resend')).toBe('404 dead_letter_unknown');
  expect(await refused('POST', '/x/resend')).toBe('422 invalid_request');
  for (const query of ['?queue=other', '?resent=perhaps', '?limit=501', '?before=0', '?unknown=1'])
    expect(await refused('GET', query)).toBe('422 invalid_request');
  expect(await handedOver()).toEqual([]);
});
