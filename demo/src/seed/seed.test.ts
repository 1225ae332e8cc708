import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { connectDb, type Sql } from '@shopfast/db/client';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { createLog } from '@shopfast/kit/log';
import { FREE_PORTS, type System, startSystem } from '@shopfast/sandbox/system/system';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { operate, type Target } from './target.ts';

const LINE = 60;

let system: System;
let target: Target;
let sql: Sql;
const lifecycle = createLifecycle();
beforeAll(async () => {
  system = await startSystem({ ports: FREE_PORTS });
  lifecycle.onClose('system', system.stop);
  target = { origin: system.urls.gateway, adminKey: system.adminKey };
  const log = createLog('seed test', 'warn');
  ({ sql } = connectDb(system.databaseUrl, { name: 'seed test', max: 1, lifecycle, log }));
}, 300_000);
afterAll(() => lifecycle.close());

/** @returns what it printed */
async function seed(...args: string[]): Promise<string> {
  const main = join(import.meta.dirname, 'main.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...[main, '--data', '/nowhere', '--target', target.origin, '--admin-key', target.adminKey],
    ...args,
  ]);
  return stdout;
}

const stateOf = async (id: string) => {
  const { document } = await operate(target, 'GET', `/rooms/${id}`);
  return document.draining ? 'draining' : document.state;
};
const stats = async (id: string) => (await operate(target, 'GET', `/rooms/${id}/stats`)).document;

async function expectEveryState(): Promise<void> {
  const rooms = [
    'scheduled',
    'lobby',
    'lottery',
    'drawn',
    'open',
    'line',
    'paused',
    'draining',
    'sold-out',
    'closed',
  ];
  const states = await Promise.all(rooms.map((id) => stateOf(`seed-${id}`)));
  expect(states).toEqual([
    ...['scheduled', 'lobby', 'lobby', 'open', 'open', 'open', 'paused', 'draining', 'sold_out', 'closed'],
  ]);
  expect((await stats('seed-line')).issued).toBe(LINE);
  expect((await operate(target, 'GET', '/rooms/seed-rehearsal')).document.rehearsal).toBe(true);
  const orders = await sql`select distinct state from orders where room_id = 'seed-open' order by state`;
  expect(orders.map(({ state }) => state)).toEqual([
    ...['cancelled', 'expired', 'paid', 'payment_failed', 'pending_payment', 'refunded'],
  ]);
  const { document } = await operate(target, 'GET', '/dead-letters?resent=false');
  const letters = document.dead_letters as Array<{ queue: string }>;
  expect(new Set(letters.map(({ queue }) => queue))).toEqual(new Set(['payment', 'email', 'holds', 'slots']));
  const now = Date.now();
  const range = `from=${new Date(now - 3_600_000).toISOString()}&to=${new Date(now).toISOString()}&step=300`;
  const history = await operate(target, 'GET', `/rooms/seed-open/timeline?${range}`);
  expect((history.document.points as object[]).length).toBeGreaterThanOrEqual(12);
}

test('every state of a room and of an order is there, with dead letters and an hour of history, and again', async () => {
  await operate(target, 'POST', '/rooms', { body: { id: 'another', name: 'Not ours' } });
  const database = ['--database', system.databaseUrl, '--line', String(LINE)];
  await seed(...database);
  await expectEveryState();
  await seed(...database);
  await expectEveryState();
  expect(await stateOf('another')).toBe('scheduled');
  expect(await seed('--line', '1')).toContain(
    'Without --database: no expired order, no dead letters, no history.',
  );
}, 600_000);

test.each([
  [['--target', 'http://127.0.0.1:1', '--admin-key', 'adm_x'], 'http://127.0.0.1:1 cannot be reached'],
  [['--target', 'https://shop.example', '--admin-key', 'adm_x'], 'needs --i-own-this-host'],
])('%j is refused in one clear line', async (args, message) => {
  const failed = await seed(...args).catch((error: { code: number; stderr: string }) => error);
  expect(failed).toMatchObject({ code: 1, stderr: expect.stringContaining(message) });
  expect((failed as { stderr: string }).stderr).not.toMatch(/^ {4}at /m);
});
