import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { NodeName } from './protocol.ts';
import { startSupervisor } from './start.ts';

const WATCH_TIMEOUT_MS = 30_000;
/** A primary without an answer for this time is replaced. */
const DOWN_AFTER_MS = 500;

const SERVERS = ['node-1', 'node-2'] as const satisfies NodeName[];
const SENTINELS = ['sentinel-1', 'sentinel-2', 'sentinel-3'] as const satisfies NodeName[];

export type SentinelServer = (typeof SERVERS)[number];

export type RedisWithSentinels = {
  /** `host:port` of each, comma-separated, as in REDIS_SENTINELS. */
  sentinels: string;
  /** The name of the primary, as in REDIS_SENTINEL_NAME. */
  name: string;
  urls: Readonly<Record<SentinelServer, string>>;
  /** The server that the Sentinels call the primary now. */
  primary(): Promise<SentinelServer>;
  /** For faults such as SIGSTOP. Undefined: killed. */
  pidOf(server: SentinelServer): number | undefined;
  kill(server: SentinelServer): Promise<void>;
  restart(server: SentinelServer): Promise<void>;
  stop(): Promise<void>;
};

/**
 * Starts a primary, a replica and three Sentinels with a quorum of two, which end with this process.
 * @throws if the Sentinels do not watch both servers within 30 s; nothing is left then
 */
export async function startRedisWithSentinels({
  name = 'waitroom',
}: {
  name?: string;
} = {}): Promise<RedisWithSentinels> {
  const parts = [...SERVERS, ...SENTINELS];
  const supervisor = await startSupervisor({
    ...{ parts, appendOnly: false, clustered: false, keptFolder: undefined },
  });
  const urlOf = (part: NodeName) => {
    const url = supervisor.urls[part];
    if (url === undefined) throw new Error(`${part} was not started`);
    return url;
  };
  const urls = { 'node-1': urlOf('node-1'), 'node-2': urlOf('node-2') };
  const sentinels = SENTINELS.map((part) => new Redis(urlOf(part)));
  const stop = async () => {
    for (const sentinel of sentinels) sentinel.disconnect();
    await supervisor.stop();
  };
  try {
    await follow(urls['node-2'], urls['node-1']);
    await watch(sentinels, name, urls['node-1']);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    sentinels: SENTINELS.map((part) => new URL(urlOf(part)).host).join(','),
    name,
    urls,
    primary: async () => {
      const [host, port] = Object(await sentinels[0]?.call('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', name));
      return new URL(urls['node-1']).host === `${host}:${port}` ? 'node-1' : 'node-2';
    },
    pidOf: (part) => supervisor.state().pids[part],
    kill: (part) => supervisor.ask({ command: 'kill', part }),
    restart: (part) => supervisor.ask({ command: 'restart', part }),
    stop,
  };
}

async function follow(replicaUrl: string, primaryUrl: string): Promise<void> {
  const replica = new Redis(replicaUrl);
  try {
    const { hostname, port } = new URL(primaryUrl);
    await replica.replicaof(hostname, port);
    await until(async () => (await replica.info('replication')).includes('master_link_status:up'));
  } finally {
    replica.disconnect();
  }
}

/** Until each Sentinel knows the replica and the two other Sentinels. */
async function watch(sentinels: Redis[], name: string, primaryUrl: string): Promise<void> {
  const { hostname, port } = new URL(primaryUrl);
  for (const sentinel of sentinels) {
    await sentinel.call('SENTINEL', 'MONITOR', name, hostname, port, '2');
    const pace = ['down-after-milliseconds', String(DOWN_AFTER_MS), 'failover-timeout', '3000'];
    await sentinel.call('SENTINEL', 'SET', name, ...pace);
  }
  for (const sentinel of sentinels)
    await until(async () => /slaves=1,sentinels=3/.test(await sentinel.info('sentinel')));
}

async function until(isFine: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + WATCH_TIMEOUT_MS;
  while (!(await isFine())) {
    if (Date.now() > deadline) throw new Error('the servers did not find each other in time');
    await wait(20);
  }
}
