import { accessSync, constants } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { onFreePort } from './free-port.ts';
import { LaunchError, type Launcher, type Program } from './launcher.ts';

const READY = /Ready to accept connections/;
const PORT_TAKEN = /Address already in use|Failed listening on port/;
const START_TIMEOUT_MS = 20_000;

export type RedisMode = { appendOnly: boolean; clustered: boolean };

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

  const run = async (port: number) => {
    const args = redisArguments(port, folder, mode);
    const program = await launcher.untilReady({ file, args, cwd: folder }, READY, START_TIMEOUT_MS);
    if (mode.clustered) await ownEverySlot(port);
    return program;
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

/** Makes a Redis in cluster mode a cluster of one. After a restart its node file has the slots already. */
async function ownEverySlot(port: number): Promise<void> {
  const redis = new Redis({ host: '127.0.0.1', port });
  try {
    const assigned = /cluster_slots_assigned:(\d+)/.exec(String(await redis.cluster('INFO')))?.[1];
    if (assigned !== '16384') await redis.call('CLUSTER', 'ADDSLOTSRANGE', '0', '16383');
    while (!String(await redis.cluster('INFO')).includes('cluster_state:ok')) await wait(20);
  } finally {
    redis.disconnect();
  }
}

function redisArguments(port: number, folder: string, { appendOnly, clustered }: RedisMode): string[] {
  return [
    ...['--port', String(port), '--bind', '127.0.0.1', '--daemonize', 'no', '--dir', folder],
    // BullMQ and the waiting room must not lose keys to eviction: an error is better.
    ...['--maxmemory-policy', 'noeviction', '--save', ''],
    ...['--appendonly', appendOnly ? 'yes' : 'no', '--appendfsync', 'everysec'],
    ...(clustered ? ['--cluster-enabled', 'yes', '--cluster-port', String(port + 10_000)] : []),
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
