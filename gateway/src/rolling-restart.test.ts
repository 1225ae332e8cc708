import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase } from '@shopfast/db/testing';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { freePort } from '@shopfast/sandbox/stores/free-port';
import { type ManagedProcess, startProcess } from '@shopfast/sandbox/system/processes';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { type Haproxy, startHaproxy } from './testing/haproxy.ts';

const adminKey = `adm_${randomBytes(32).toString('hex')}`;
const SOON = { timeout: 20_000, interval: 20 };

const lifecycle = createLifecycle();
const gateways: Record<string, ManagedProcess> = {};
const ports: Record<string, number> = {};
let haproxy: Haproxy;
beforeAll(async () => {
  const database = await createTestDatabase(inject('databaseUrl'));
  lifecycle.onClose('database', database.drop);
  const folder = await mkdtemp(join(tmpdir(), 'restart-test-'));
  lifecycle.onClose('logs', () => rm(folder, { recursive: true, force: true }));
  const env = {
    REDIS_URL: inject('redisUrl'),
    DATABASE_URL: database.url,
    TICKET_SECRET: randomBytes(32).toString('hex'),
    KEY_ENCRYPTION_SECRET: randomBytes(32).toString('hex'),
    ADMIN_KEY: adminKey,
    LOG_LEVEL: 'warn',
    DRAIN_SECONDS: '3',
    METRICS_PORT: '0',
  };
  for (const name of ['first', 'second']) {
    const port = await freePort();
    const entry = join(import.meta.dirname, 'serve.ts');
    const logFile = join(folder, name);
    const gateway = await startProcess({ name, entry, env: { ...env, PORT: String(port) }, logFile });
    lifecycle.onClose(name, () => gateway.stop());
    gateways[name] = gateway;
    ports[name] = port;
  }
  haproxy = await startHaproxy(ports, lifecycle);
}, 60_000);
afterAll(() => lifecycle.close());

const everybodyIsUp = () =>
  vi.waitFor(async () => expect(await haproxy.up()).toEqual(['first', 'second']), SOON);

async function openRoom(id: string): Promise<void> {
  const headers = { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ id, admissions_per_minute: 1 });
  await fetch(`${haproxy.url}/v1/admin/rooms`, { method: 'POST', headers, body });
  await fetch(`${haproxy.url}/v1/admin/rooms/${id}/open`, { method: 'POST', headers });
}

test('two gateways are restarted in turn under load, without a failed request or a changed place', async () => {
  await everybodyIsUp();
  await openRoom('restarted');
  const tickets = `${haproxy.url}/v1/rooms/restarted/tickets`;
  const failures: string[] = [];
  const places = new Map<string, number>();
  const closed = new Set<string>();
  const send = async (path: string, init: RequestInit = {}) => {
    try {
      const answer = await fetch(path, init);
      const text = await answer.text();
      if (answer.ok) return JSON.parse(text) as { ticket: string; number: number };
      failures.push(`${answer.status} ${text}`);
    } catch (error) {
      failures.push(String(error));
    }
    return null;
  };
  const placeOf = (ticket: string) =>
    send(`${tickets}/me`, { headers: { authorization: `Bearer ${ticket}` } });
  let isOver = false;
  const shopper = async () => {
    while (!isOver) {
      const joined = await send(tickets, { method: 'POST' });
      if (!joined) continue;
      places.set(joined.ticket, joined.number);
      for (let asked = 0; asked < 10 && !isOver; asked += 1) await placeOf(joined.ticket);
    }
  };
  const crowd = Array.from({ length: 6 }, shopper);

  for (const [name, gateway] of Object.entries(gateways)) {
    const restarted = gateway.restart();
    // While it drains, it is not ready, and answers everybody who still comes.
    await vi.waitFor(async () => expect(await haproxy.up()).not.toContain(name), SOON);
    const answer = await fetch(`http://127.0.0.1:${ports[name]}/v1/rooms/restarted/status`);
    expect([answer.status, answer.headers.get('connection')]).toEqual([200, 'close']);
    closed.add(name);
    await restarted;
    await everybodyIsUp();
  }
  isOver = true;
  await Promise.all(crowd);

  expect(closed).toEqual(new Set(['first', 'second']));
  expect(failures).toEqual([]);
  expect(places.size).toBeGreaterThan(10);
  expect(new Set(places.values()).size).toBe(places.size);
  for (const [ticket, number] of places) expect((await placeOf(ticket))?.number).toBe(number);
}, 120_000);
