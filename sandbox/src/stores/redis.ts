import { accessSync, constants } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { onFreePort } from './free-port.ts';
import { LaunchError, type Launcher, type Program } from './launcher.ts';
import type { TlsFiles } from './protocol.ts';

const READY = /Ready to accept connections/;
const PORT_TAKEN = /Address already in use|Failed listening on port/;
const SENTINEL_READY = /Sentinel ID is/;
const START_TIMEOUT_MS = 20_000;
/** After this time without an answer the others elect a new primary. */
const NODE_TIMEOUT_MS = 1_000;

export type RedisMode = { appendOnly: boolean; clustered: boolean; tls?: TlsFiles | undefined };

export type RedisPart = {
  url: string;
  program: Program;
  /** Starts again on the same port and in the same folder, after the old process has ended. */
  again(): Promise<Program>;
};

/**
 * Starts a private Redis on a free port. It saves no data to disk unless `appendOnly` is set.
 * @throws if neither redis-server nor valkey-server can be found or started
 */
export async function startRedis(launcher: Launcher, folder: string, mode: RedisMode): Promise<RedisPart> {
  const file = findRedis();
  await mkdir(folder, { recursive: true });

  const run = (port: number) => {
    const args = redisArguments(port, folder, mode);
    return launcher.untilReady({ file, args, cwd: folder }, READY, START_TIMEOUT_MS);
  };
  return onFreePort(
    async (port) => ({
      program: await run(port),
      url: `${mode.tls ? 'rediss' : 'redis'}://127.0.0.1:${port}`,
      again: () => run(port),
    }),
    (error) => error instanceof LaunchError && PORT_TAKEN.test(error.output),
  );
}

/** Starts a Sentinel on a free port. It watches nothing yet. */
export async function startSentinel(launcher: Launcher, folder: string): Promise<RedisPart> {
  const file = findRedis();
  await mkdir(folder, { recursive: true });
  // A Sentinel keeps its state in its configuration file.
  const state = join(folder, 'sentinel.conf');

  const run = async (port: number) => {
    await writeFile(state, '', { flag: 'a' });
    const args = [state, '--sentinel', '--port', String(port), '--bind', '127.0.0.1'];
    return launcher.untilReady({ file, args, cwd: folder }, SENTINEL_READY, START_TIMEOUT_MS);
  };
  return onFreePort(
    async (port) => ({
      program: await run(port),
      url: `redis://127.0.0.1:${port}`,
      again: () => run(port),
    }),
    (error) => error instanceof LaunchError && PORT_TAKEN.test(error.output),
  );
}

function redisArguments(port: number, folder: string, { appendOnly, clustered, tls }: RedisMode): string[] {
  return [
    ...(tls ? ['--port', '0', '--tls-port', String(port)] : ['--port', String(port)]),
    ...['--bind', '127.0.0.1', '--daemonize', 'no', '--dir', folder],
    // BullMQ and the waiting room must not lose keys to eviction: an error is better.
    ...['--maxmemory-policy', 'noeviction', '--save', ''],
    ...['--appendonly', appendOnly ? 'yes' : 'no', '--appendfsync', 'everysec'],
    ...(clustered ? ['--cluster-enabled', 'yes', '--cluster-port', String(port + 10_000)] : []),
    ...(clustered ? ['--cluster-node-timeout', String(NODE_TIMEOUT_MS)] : []),
    // Replicas are in step from their first second on.
    ...['--repl-diskless-sync', 'yes', '--repl-diskless-sync-delay', '0'],
    ...(tls ? ['--tls-ca-cert-file', tls.ca, '--tls-cert-file', tls.cert, '--tls-key-file', tls.key] : []),
    ...(tls ? ['--tls-auth-clients', 'yes'] : []),
  ];
}

/** @throws if none is on the PATH */
export function findRedis(): string {
  for (const name of ['redis-server', 'valkey-server']) {
    for (const folder of (process.env.PATH ?? '').split(delimiter)) {
      const file = join(folder, name);
      if (folder !== '' && isExecutable(file)) return file;
    }
  }
  throw new Error(
    'Redis is not installed: neither redis-server nor valkey-server is on the PATH. Install it (Debian, Ubuntu: ' +
      'apt-get install redis-server; macOS: brew install redis), or set REDIS_URL to a server that runs already.',
  );
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
