import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase } from '@shopfast/db/testing';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { openMovingAddress } from '@shopfast/kit/testing/moving-address';
import { type ManagedProcess, startProcess } from '@shopfast/sandbox/system/processes';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';

const lifecycle = createLifecycle();
const adminKey = `adm_${randomBytes(32).toString('hex')}`;
let env: Record<string, string>;
let folder: string;
beforeAll(async () => {
  const database = await createTestDatabase(inject('databaseUrl'));
  lifecycle.onClose('database', database.drop);
  folder = await mkdtemp(join(tmpdir(), 'gateway-test-'));
  lifecycle.onClose('logs', () => rm(folder, { recursive: true, force: true }));
  env = {
    REDIS_URL: inject('redisUrl'),
    DATABASE_URL: database.url,
    TICKET_SECRET: randomBytes(32).toString('hex'),
    KEY_ENCRYPTION_SECRET: randomBytes(32).toString('hex'),
    ADMIN_KEY: adminKey,
    LOG_LEVEL: 'warn',
  };
});
afterAll(() => lifecycle.close());

async function startGateway(name: string, more: Record<string, string>): Promise<ManagedProcess> {
  const entry = join(import.meta.dirname, 'serve.ts');
  const gateway = await startProcess({ name, entry, env: { ...env, ...more }, logFile: join(folder, name) });
  lifecycle.onClose(name, () => gateway.stop());
  return gateway;
}

async function openRoom(url: string, id: string): Promise<string> {
  const headers = { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ id, admissions_per_minute: 1 });
  await fetch(`${url}/v1/admin/rooms`, { method: 'POST', headers, body });
  await fetch(`${url}/v1/admin/rooms/${id}/open`, { method: 'POST', headers });
  await fetch(`${url}/v1/rooms/${id}/tickets`, { method: 'POST' });
  const answer = await fetch(`${url}/v1/rooms/${id}/tickets`, { method: 'POST' });
  return ((await answer.json()) as { ticket: string }).ticket;
}

test('stopping tells each stream a different time to reconnect, and does not wait for them', async () => {
  const gateway = await startGateway('streams', { PORT: '0' });
  const url = gateway.ready.url as string;
  const ticket = await openRoom(url, 'stopping');
  const stream = await fetch(`${url}/v1/rooms/stopping/events`, {
    headers: { authorization: `Bearer ${ticket}` },
  });
  const started = performance.now();
  const stopped = gateway.stop();
  const text = await stream.text();
  await stopped;
  expect(text).toMatch(/retry: \d{4,5}\n\n$/);
  // Running requests have 5 s at a shutdown; a stream must not use up that time.
  expect(performance.now() - started).toBeLessThan(4_500);
});

test('metrics are served at a separate address, and not on the public port', async () => {
  const gateway = await startGateway('metrics', { PORT: '0' });
  const { url, metrics_url: metricsUrl } = gateway.ready as Record<'url' | 'metrics_url', string>;
  await openRoom(url, 'measured');
  const text = async () => (await fetch(metricsUrl)).text();
  await expect.poll(text, { timeout: 10_000 }).toContain('shopfast_joins_total{room="measured"} 2');
  const inPublic = await fetch(`${url}/metrics`);
  expect([inPublic.status, ((await inPublic.json()) as { code: string }).code]).toEqual([404, 'not_found']);
  expect((await fetch(new URL('/v1/rooms/measured/status', metricsUrl))).status).toBe(404);
  await gateway.stop();
});

test('several gateways listen on one port, and the room continues when one of them stops', async () => {
  const first = await startGateway('first', { PORT: '0', REUSE_PORT: 'true' });
  const url = first.ready.url as string;
  const second = await startGateway('second', { PORT: new URL(url).port, REUSE_PORT: 'true' });
  const ticket = await openRoom(url, 'shared-port');
  await first.stop();
  const ask = async () =>
    (
      await fetch(`${url}/v1/rooms/shared-port/tickets/me`, {
        headers: { authorization: `Bearer ${ticket}` },
      })
    ).status;
  await expect.poll(() => ask().catch(() => 0), { timeout: 10_000 }).toBe(200);
  await second.stop();
});

test('an address has so many connections and unfinished requests; others, and trusted proxies, have theirs', async () => {
  const gateway = await startGateway('limited', {
    PORT: '0',
    LIMIT_THIS_MACHINE: 'true',
    CONNECTIONS_PER_ADDRESS: '4',
    UNFINISHED_REQUESTS_PER_ADDRESS: '3',
    TRUSTED_PROXIES: '127.0.0.9',
    BODY_TIMEOUT_MS: '600000',
  });
  const port = Number(new URL(gateway.ready.url as string).port);
  const half = 'POST /v1/auth/sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n';
  const open = async (from: string, text: string) => {
    const socket = connect({ port, host: '127.0.0.1', localAddress: from });
    const received = once(socket.on('error', () => {}).setEncoding('latin1'), 'data').then(([data]) =>
      String(data),
    );
    received.catch(() => {});
    await once(socket, 'connect');
    socket.write(text);
    return { socket, received };
  };
  const hello = 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n';
  const slow = [];
  for (let count = 0; count < 4; count += 1) slow.push(await open('127.0.0.2', `${half}\r\n{`));
  // The fourth request exceeds the limit of unfinished requests, and the fifth the limit of connections.
  expect(await slow[3]?.received).toMatch(/^HTTP\/1.1 429 /);
  slow.push(await open('127.0.0.2', hello));
  expect(await (await open('127.0.0.3', hello)).received).toMatch(/^HTTP\/1.1 200 /);
  // Behind a proxy, the client is counted.
  const behind = (client: string) => open('127.0.0.9', `${half}X-Forwarded-For: ${client}\r\n\r\n{`);
  for (const client of ['9.9.9.1', '9.9.9.2', '9.9.9.1', '9.9.9.2', '9.9.9.1', '9.9.9.2'])
    slow.push(await behind(client));
  const more = [await behind('9.9.9.1'), await behind('9.9.9.3')];
  expect(await more[0]?.received).toMatch(/^HTTP\/1.1 429 /);
  expect(await (await open('127.0.0.9', hello)).received).toMatch(/^HTTP\/1.1 200 /);
  for (const { socket } of [...slow, ...more]) socket.destroy();
  await gateway.stop();
});

test.each([
  ['Postgres', 'DATABASE_URL'],
  ['Redis', 'REDIS_URL'],
] as const)('a start waits for %s, says so, and is not ready meanwhile', async (store, variable) => {
  const url = new URL(env[variable] as string);
  const CLOSED_PORT = 1;
  const address = await openMovingAddress(CLOSED_PORT);
  const real = Number(url.port);
  url.hostname = '127.0.0.1';
  url.port = String(address.port);
  try {
    let isReady = false;
    const starting = startGateway(`without-${store}`, { PORT: '0', [variable]: url.href }).then((gateway) => {
      isReady = true;
      return gateway;
    });
    const log = () => readFile(join(folder, `without-${store}`), 'utf8').catch(() => '');
    await expect.poll(log, { timeout: 25_000 }).toContain(`waiting for ${store}`);
    expect(isReady).toBe(false);
    address.moveTo(real);
    const gateway = await starting;
    expect((await fetch(`${gateway.ready.url}/readyz`)).status).toBe(200);
    await gateway.stop();
  } finally {
    await address.close();
  }
});

test('a setting for another kind of Redis ends the start, and the log names the right setting', async () => {
  const { host } = new URL(inject('redisUrl'));
  const starting = startGateway('wrong-kind', { PORT: '0', REDIS_URL: '', REDIS_CLUSTER: host });
  await expect(starting).rejects.toThrow();
  expect(await readFile(join(folder, 'wrong-kind'), 'utf8')).toContain(
    'REDIS_CLUSTER leads to a Redis server that is in no Cluster: set REDIS_URL instead',
  );
});
