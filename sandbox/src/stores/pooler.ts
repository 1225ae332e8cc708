import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import { onFreePort } from './free-port.ts';
import { unprivilegedUser } from './postgres-binaries.ts';

/** Postgres connections that the pooler shares among all clients. */
const SERVER_CONNECTIONS = 3;
const READY_WITHIN_MS = 10_000;

/** It ends with its starter, even a killed one: then the other end of its input is closed. */
const UNTIL_ALONE = '"$0" -q "$1" & cat > /dev/null; kill -INT $!; wait';

/**
 * Starts PgBouncer in transaction mode in front of a Postgres, and ends it with the lifecycle.
 * @param databaseUrls addresses of one server, one for each role that uses the pooler
 * @returns the same addresses through the pooler
 */
export async function startPooler(databaseUrls: string[], lifecycle: Lifecycle): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'shopfast-pooler-'));
  lifecycle.onClose('pooler folder', () => rm(folder, { recursive: true, force: true }));
  await chmod(folder, 0o711);
  const port = await onFreePort(
    async (free) => {
      await run(free, folder, databaseUrls, lifecycle);
      return free;
    },
    () => true,
  );
  return databaseUrls.map((address) => {
    const url = new URL(address);
    url.hostname = '127.0.0.1';
    url.port = String(port);
    return url.href;
  });
}

async function run(
  port: number,
  folder: string,
  databaseUrls: string[],
  lifecycle: Lifecycle,
): Promise<void> {
  const settings = join(folder, 'pgbouncer.ini');
  const users = join(folder, 'users.txt');
  const server = new URL(databaseUrls[0] ?? '');
  await writeFile(users, databaseUrls.map(userLine).join('\n'), { mode: 0o644 });
  await writeFile(
    settings,
    `[databases]
* = host=${server.hostname} port=${server.port || 5432}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = plain
auth_file = ${users}
pool_mode = transaction
default_pool_size = ${SERVER_CONNECTIONS}
max_client_conn = 500
`,
    { mode: 0o644 },
  );
  const user = process.getuid?.() === 0 ? unprivilegedUser() : {};
  const child = spawn('/bin/sh', ['-c', UNTIL_ALONE, findPgbouncer(), settings], {
    stdio: ['pipe', 'ignore', 'pipe'],
    cwd: folder,
    ...user,
  });
  const exited = once(child, 'exit');
  lifecycle.onClose('pooler', async () => {
    child.stdin.end();
    await exited;
  });
  child.stderr.resume();
  await untilItListens(port);
}

function userLine(address: string): string {
  const { username, password } = new URL(address);
  return `"${decodeURIComponent(username)}" "${decodeURIComponent(password)}"`;
}

async function untilItListens(port: number): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    const answer = await Promise.race([
      once(socket, 'connect').then(() => 'listens'),
      once(socket, 'error').then(() => 'not yet'),
    ]).catch(() => 'not yet');
    socket.destroy();
    if (answer === 'listens') return;
    if (Date.now() > deadline)
      throw new Error(`PgBouncer did not listen within ${READY_WITHIN_MS / 1_000} s`);
    await wait(20);
  }
}

function findPgbouncer(): string {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  for (const folder of folders) {
    const file = join(folder, 'pgbouncer');
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // Not in this folder: try the next.
    }
  }
  throw new Error('PgBouncer is not installed (Debian, Ubuntu: apt-get install pgbouncer).');
}
