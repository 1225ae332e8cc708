import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { NodeName } from './protocol.ts';
import { type StoresOptions, startSupervisor } from './start.ts';

const SLOTS = 16_384;
const FORM_TIMEOUT_MS = 30_000;

export type ClusterNode = {
  name: NodeName;
  /** `host:port`. */
  address: string;
  /** A connection to this node alone. It follows no redirection. */
  redis: Redis;
};

export type RedisCluster = {
  nodes: readonly ClusterNode[];
  /** All addresses, as in REDIS_CLUSTER. */
  addresses: string;
  /** The node that is the primary of a key now. */
  primaryOf(key: string): Promise<ClusterNode>;
  /** For faults such as SIGSTOP. Undefined: killed. */
  pidOf(node: ClusterNode): number | undefined;
  /** Kills a node with SIGKILL. It stays down until `restart`. */
  kill(node: ClusterNode): Promise<void>;
  restart(node: ClusterNode): Promise<void>;
  stop(): Promise<void>;
};

/**
 * Starts a Redis Cluster of real processes on 127.0.0.1, which ends with this process. Its nodes notice a failed primary
 * after one second.
 * @param options.replicas of which the first one follows the first primary, the second one the second, and so on
 * @throws if it is not formed within 30 s; nothing is left then
 */
export async function startRedisCluster({
  primaries = 3,
  replicas = 0,
  appendOnly = false,
  onDeath,
}: { primaries?: number; replicas?: number } & Pick<
  StoresOptions<never>,
  'appendOnly' | 'onDeath'
> = {}): Promise<RedisCluster> {
  const names = Array.from({ length: primaries + replicas }, (_, nth): NodeName => `node-${nth + 1}`);
  const options = { parts: names, appendOnly, clustered: true, keptFolder: undefined };
  const supervisor = await startSupervisor(options, onDeath ? { onDeath } : {});
  const nodes = names.map((name) => openNode(name, supervisor.urls[name]));
  const stop = async () => {
    for (const { redis } of nodes) redis.disconnect();
    await supervisor.stop();
  };
  try {
    await form(nodes.slice(0, primaries), nodes.slice(primaries));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    nodes,
    addresses: nodes.map(({ address }) => address).join(','),
    primaryOf: (key) => primaryOf(nodes, key),
    pidOf: ({ name }) => supervisor.state().pids[name],
    kill: ({ name }) => supervisor.ask({ command: 'kill', part: name }),
    restart: ({ name }) => supervisor.ask({ command: 'restart', part: name }),
    stop,
  };
}

function openNode(name: NodeName, url: string | undefined): ClusterNode {
  if (url === undefined) throw new Error(`${name} was not started`);
  const redis = new Redis(url, { retryStrategy: () => 100, maxRetriesPerRequest: null });
  // A killed node reports each attempt to connect. The next command waits for its restart.
  redis.on('error', () => {});
  return { name, address: new URL(url).host, redis };
}

async function form(primaries: ClusterNode[], replicas: ClusterNode[]): Promise<void> {
  const all = [...primaries, ...replicas];
  const deadline = Date.now() + FORM_TIMEOUT_MS;
  await Promise.all(
    all.map(async ({ redis }, nth) => {
      await redis.cluster('SET-CONFIG-EPOCH', nth + 1);
      if (nth >= primaries.length) return;
      const [first, end] = [nth, nth + 1].map((at) => Math.floor((at * SLOTS) / primaries.length));
      await redis.call('CLUSTER', 'ADDSLOTSRANGE', String(first), String(Number(end) - 1));
    }),
  );
  await Promise.all(
    all.flatMap((from) =>
      all.map((to) => {
        const [host = '', port = ''] = to.address.split(':');
        return from === to || from.redis.cluster('MEET', host, port);
      }),
    ),
  );
  for (const [nth, replica] of replicas.entries()) {
    const primary = primaries[nth % primaries.length];
    const id = String(await primary?.redis.cluster('MYID'));
    // Refused until the nodes know each other by their lasting names.
    await until(deadline, [replica], ({ redis }) => redis.cluster('REPLICATE', id).then(isFine, isNot));
  }
  await until(deadline, all, async ({ redis }) => (await infoOf(redis)).includes('cluster_state:ok'));
  await until(deadline, replicas, async ({ redis }) =>
    (await redis.info('replication')).includes('master_link_status:up'),
  );
}

const isFine = () => true;
const isNot = () => false;
const infoOf = async (redis: Redis) => String(await redis.cluster('INFO'));

async function until(
  deadline: number,
  nodes: ClusterNode[],
  isDone: (node: ClusterNode) => Promise<boolean>,
): Promise<void> {
  for (const node of nodes)
    while (!(await isDone(node))) {
      if (Date.now() > deadline) throw new Error(`the Cluster was not formed in time: ${node.name}`);
      await wait(20);
    }
}

async function primaryOf(nodes: readonly ClusterNode[], key: string): Promise<ClusterNode> {
  const reachable = nodes.find(({ redis }) => redis.status === 'ready');
  if (!reachable) throw new Error('no node of the Cluster answers');
  const slot = await reachable.redis.cluster('KEYSLOT', key);
  for (const [first, last, primary] of await reachable.redis.cluster('SLOTS')) {
    if (slot < first || slot > last) continue;
    const owner = nodes.find(({ address }) => address === `${primary?.[0]}:${primary?.[1]}`);
    if (owner) return owner;
  }
  throw new Error(`no node has slot ${slot}`);
}
