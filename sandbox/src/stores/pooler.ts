import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import { startOutsideProgram } from '../outside-program.ts';
import { onFreePort } from './free-port.ts';

/** Postgres connections that the pooler shares among all clients. */
const SERVER_CONNECTIONS = 3;

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
  await startOutsideProgram('pgbouncer', {
    ...{ args: ['-q', settings], signal: 'INT' },
    ...{ folder, port, lifecycle },
  });
}

function userLine(address: string): string {
  const { username, password } = new URL(address);
  return `"${decodeURIComponent(username)}" "${decodeURIComponent(password)}"`;
}
