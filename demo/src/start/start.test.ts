import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { freePorts, startProgram } from './started.fixture.ts';

let folder: string;
let child: ChildProcess | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'start-test-'));
  // As root, Postgres runs as another user and must be able to enter.
  chmodSync(folder, 0o755);
});
afterEach(() => {
  child?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

function start(args: string[], env: Record<string, string> = {}) {
  const started = startProgram(args, folder, env);
  child = started.child;
  return started;
}

test.each([
  [{ PUBLIC_URL: 'foo' }, [], 'PUBLIC_URL: must be an address such as https://shop.example'],
  [{ SMTP_URL: 'smtp://mail.example' }, [], 'MAIL_FROM: is required with SMTP_URL: the sender of mails'],
  [{}, ['--units', 'abc'], '--units must be a whole number from 1 to 100000, not "abc".'],
])('%j %j is refused before anything starts', async (env, args, line) => {
  const { said, exited } = start(args, env as Record<string, string>);
  const [code] = await exited;
  expect(code).not.toBe(0);
  expect(said()).toContain(line);
  expect(said()).not.toContain('starting');
  expect(said()).not.toMatch(/^ {4}at /m);
});

test('a port that is in use is named before anything starts', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  try {
    const { port } = other.address() as AddressInfo;
    const { said, exited } = start(['--port', String(port)]);
    expect(await exited).toEqual([1, null]);
    expect(said()).toMatch(new RegExp(`^Port ${port} is in use: choose others with --port`));
    expect(said()).not.toContain('starting');
    expect(readdirSync(folder)).toEqual([]);
  } finally {
    other.close();
  }
});

test('a visitor finds a line to join and a first page with links, and Ctrl-C ends everything', async () => {
  const port = await freePorts();
  const { said, exited } = start(['--port', String(port), '--crowd', '6', '--rate', '1']);
  await vi.waitFor(() => expect(said()).toContain('ShopFast is up'), { timeout: 120_000, interval: 100 });
  const origin = `http://127.0.0.1:${port}`;
  const read = async <Body>(path: string, method = 'GET') =>
    (await (await fetch(origin + path, { method })).json()) as Body;
  const status = () => read<{ waiting: number; remaining: number }>('/v1/rooms/launch/status');
  await vi.waitFor(async () => expect((await status()).waiting).toBeGreaterThanOrEqual(5), {
    timeout: 60_000,
    interval: 200,
  });
  const ticket = await read<{ ahead: number }>('/v1/rooms/launch/tickets', 'POST');
  expect(ticket.ahead).toBeGreaterThanOrEqual(4);
  expect((await status()).remaining).toBe(50);

  type Links = { rooms: string[] } & Record<'dashboard' | 'inbox' | 'docs' | 'openapi', string>;
  const { rooms, dashboard, inbox, docs, openapi } = await read<Links>('/');
  expect(rooms).toHaveLength(1);
  for (const address of [...rooms, dashboard, inbox, docs, openapi])
    expect((await fetch(address)).status, address).toBe(200);

  child?.kill('SIGINT');
  expect(await exited).toEqual([0, null]);
  expect(readdirSync(folder)).toEqual([]);
}, 240_000);
