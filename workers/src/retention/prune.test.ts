import { randomUUID } from 'node:crypto';
import { connectDb, type Sql } from '@shopfast/db/client';
import { emailCause } from '@shopfast/db/mails';
import { cleanUp } from '@shopfast/db/retention';
import { createTestDatabase, openServiceRoles } from '@shopfast/db/testing';
import { systemClock } from '@shopfast/kit/clock';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { createLog } from '@shopfast/kit/log';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { createPrune } from './prune.ts';

const log = createLog('test', 'silent');
const keptDays = { jobs: 14, emails: 180, paymentEvents: 90, accountMails: 30, turnReminders: 14 };

let lifecycle: ReturnType<typeof createLifecycle>;
let sql: Sql;
let asWorkers: Sql;
beforeEach(async () => {
  lifecycle = createLifecycle(log);
  const database = await createTestDatabase(inject('databaseUrl'));
  lifecycle.onClose('database', database.drop);
  sql = connectDb(database.url, { name: 'test', max: 2, lifecycle, log }).sql;
  // The orders of these mails do not matter here.
  await sql`alter table emails drop constraint emails_order_id_orders_id_fk`;
  await sql`alter table account_mails drop constraint account_mails_user_id_users_id_fk`;
  const url = (await openServiceRoles(database.url))('workers');
  asWorkers = connectDb(url, { name: 'workers', max: 4, lifecycle, log }).sql;
});
afterEach(() => lifecycle.close());

const ago = (days: number) => new Date(Date.now() - days * 24 * 60 * 60 * 1_000);
const pruneOf = (size?: { portion: number; portions: number }) =>
  createPrune({ sql: asWorkers, clock: systemClock, log, keptDays }, size);

type Row = { age: number; over?: boolean; order?: string };

/**
 * Rows that finished this many days ago, or were created then and have not finished. Each returns the new row's key.
 */
const add = {
  async jobs({ age, over = true, order = randomUUID() }: Row): Promise<string> {
    const at = ago(age);
    const payload = sql.json({ order_id: order, template: 'order_paid' });
    const [row] = await sql<{ id: string }[]>`
      insert into outbox (queue, name, payload, created_at, published_at, done_at)
      values ('email', 'email.send', ${payload}, ${at}, ${at}, ${over ? at : null}) returning id::text`;
    return row!.id;
  },
  async emails({ age, over = true, order = randomUUID() }: Row): Promise<string> {
    const cause = emailCause(order, 'order_paid');
    await sql`
      insert into emails (cause, order_id, template, message_id, state, sent_at)
      values (${cause}, ${order}, 'order_paid', '<m@shop>', ${over ? 'sent' : 'sending'}, ${over ? ago(age) : null})`;
    return cause;
  },
  async paymentEvents({ age, over = true }: Row): Promise<string> {
    const id = `evt_${randomUUID()}`;
    await sql`
      insert into payment_events (id, type, payload, received_at, handled_at)
      values (${id}, 'charge.refunded', '{}', ${ago(age)}, ${over ? ago(age) : null})`;
    return id;
  },
  async accountMails({ age, over = true }: Row): Promise<string> {
    const id = randomUUID();
    await sql`
      insert into account_mails (id, user_id, template, address, expires_at, created_at, sent_at)
      values (${id}, ${randomUUID()}, 'verify_email', 'a@example.com', ${over ? ago(age) : ago(-1)}, ${ago(age)},
        ${over ? ago(age) : null})`;
    return id;
  },
  async turnReminders({ age, over = true }: Row): Promise<string> {
    const cause = randomUUID();
    await sql`
      insert into turn_mails (cause, room_name, expires_at, created_at, sent_at)
      values (${cause}, 'Lamps', ${over ? ago(age) : ago(-1)}, ${ago(age)}, ${over ? ago(age) : null})`;
    return cause;
  },
};

const KINDS = ['jobs', 'emails', 'paymentEvents', 'accountMails', 'turnReminders'] as const;
type Kind = (typeof KINDS)[number];

async function keysOf(kind: Kind): Promise<string[]> {
  const rows = {
    jobs: () => sql<{ key: string }[]>`select id::text as key from outbox order by id`,
    emails: () => sql<{ key: string }[]>`select cause as key from emails`,
    paymentEvents: () => sql<{ key: string }[]>`select id as key from payment_events`,
    accountMails: () => sql<{ key: string }[]>`select id::text as key from account_mails`,
    turnReminders: () => sql<{ key: string }[]>`select cause as key from turn_mails`,
  };
  return (await rows[kind]()).map(({ key }) => key);
}

test.each(KINDS)(
  '%s that are finished and old enough are deleted; younger or unfinished ones stay',
  async (kind) => {
    const limit = keptDays[kind];
    await add[kind]({ age: limit + 1 });
    const younger = await add[kind]({ age: limit - 1 });
    const unfinished = await add[kind]({ age: limit + 400, over: false });
    await pruneOf()();
    expect((await keysOf(kind)).sort()).toEqual([younger, unfinished].sort());
  },
);

test.each(KINDS)('a round deletes a bounded number of %s, and later rounds the rest', async (kind) => {
  const kept: string[] = [];
  for (let i = 0; i < 10; i += 1) {
    await add[kind]({ age: keptDays[kind] + 1 });
    if (i % 3 === 0) kept.push(await add[kind]({ age: keptDays[kind] + 1, over: false }));
  }
  const prune = pruneOf({ portion: 2, portions: 2 });
  const left = [14];
  for (let round = 0; round < 4; round += 1) {
    await prune();
    left.push((await keysOf(kind)).length);
    expect(left.at(-2)! - left.at(-1)!).toBeLessThanOrEqual(4);
  }
  expect((await keysOf(kind)).sort()).toEqual(kept.sort());
});

test('a sent mail is kept for as long as a job of its order may be queued again', async () => {
  const order = randomUUID();
  await add.jobs({ age: 400, over: false, order });
  const guarded = await add.emails({ age: 400, order });
  await add.emails({ age: 400 });
  const prune = pruneOf();
  await prune();
  expect(await keysOf('emails')).toEqual([guarded]);

  await sql`update outbox set done_at = now()`;
  await prune();
  expect(await keysOf('emails')).toEqual([]);
});

test('worker processes that prune at the same time share the work', async () => {
  for (let i = 0; i < 30; i += 1) await add.jobs({ age: 15 });
  await Promise.all([1, 2, 3, 4].map(() => pruneOf({ portion: 7, portions: 20 })()));
  await pruneOf()();
  expect(await keysOf('jobs')).toEqual([]);
});

test('a scan of the outbox ends at the first job that is too young', async () => {
  for (const age of [15, 15, 1, 1, 1, 1]) await add.jobs({ age });
  const step = { before: ago(14), after: null, limit: 3 };
  expect(await cleanUp(asWorkers, 'jobs', step)).toEqual({ gone: 2, next: null });
});

test('the workers’ database role cannot delete orders, payments or dead letters', async () => {
  for (const table of ['orders', 'payments', 'dead_letters'])
    await expect(asWorkers`delete from ${asWorkers(table)}`).rejects.toThrow('permission denied');
});
