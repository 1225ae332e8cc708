import { Cluster, Redis } from 'ioredis';
import { accessOptions, type RedisClient } from '../redis.ts';
import type { RedisAccess, RedisAddress, RedisSettings } from './settings.ts';

/** A setting leads to another kind of Redis than it is for. The message names the right setting. */
export class WrongRedisError extends Error {
  override name = 'WrongRedisError';
}

/**
 * Checks at the start of a service that a Redis is of the kind that the settings say, and that it accepts writes.
 * @param key what {@link writeToEveryPrimary} writes
 * @throws WrongRedisError; otherwise the error of a server that does not answer or refuses
 */
export async function checkRedis(redis: RedisClient, settings: RedisSettings, key: string): Promise<void> {
  await checkKind(settings);
  await writeToEveryPrimary(redis, key);
}

const KEPT_SECONDS = 60;

/**
 * Writes a key that expires. Any write shows a server that only reads, such as a primary that became a replica. In a
 * Cluster, one key for each primary.
 * @throws the first error of a primary that does not accept it, or when slots of a Cluster have no primary
 */
export async function writeToEveryPrimary(redis: RedisClient, key: string): Promise<void> {
  if (!(redis instanceof Cluster)) return void (await redis.set(key, 1, 'EX', KEPT_SECONDS));
  const keys = keysByPrimary(redis, key);
  await Promise.all(keys.map((one) => redis.set(one, 1, 'EX', KEPT_SECONDS)));
}

const SLOTS = 16_384;

function keysByPrimary({ slots }: Cluster, key: string): string[] {
  const firstSlots = new Map<string, number>();
  for (let slot = 0; slot < SLOTS; slot += 1) {
    const [primary] = slots[slot] ?? [];
    if (primary === undefined) throw new Error("Cluster isn't ready: it has slots without a primary");
    if (!firstSlots.has(primary)) firstSlots.set(primary, slot);
  }
  return [...firstSlots.values()].map((slot) => `${key}:${tagIn(slot)}`);
}

const tags = new Map<number, string>();
let tried = 0;

/** A hash tag of a slot. All slots together try some 160,000 numbers, once for each process. */
function tagIn(slot: number): string {
  for (let tag = tags.get(slot); ; tag = tags.get(slot)) {
    if (tag !== undefined) return tag;
    const found = slotOf(String(tried));
    if (!tags.has(found)) tags.set(found, `{${tried}}`);
    tried += 1;
  }
}

/** CRC-16/XMODEM of a key or hash tag, as in the specification of Redis Cluster. */
function slotOf(tag: string): number {
  let crc = 0;
  for (const byte of Buffer.from(tag)) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = ((crc << 1) ^ (crc & 0x8000 ? 0x1021 : 0)) & 0xffff;
  }
  return crc % SLOTS;
}

/** How a server calls its mode in the reply of HELLO, which needs no right. */
type Mode = 'standalone' | 'sentinel' | 'cluster';

const MODE_OF = { server: 'standalone', sentinel: 'sentinel', cluster: 'cluster' } as const;
const NAME_OF = { server: 'REDIS_URL', sentinel: 'REDIS_SENTINELS', cluster: 'REDIS_CLUSTER' } as const;
const WHAT: Record<Mode, { is: string; setting: string }> = {
  standalone: { is: 'a Redis server that is in no Cluster', setting: 'REDIS_URL' },
  sentinel: { is: 'a Sentinel', setting: 'REDIS_SENTINELS and REDIS_SENTINEL_NAME' },
  cluster: { is: 'one node of a Redis Cluster', setting: 'REDIS_CLUSTER' },
};

/** Asks the first server of the settings that answers. A server that does not tell its mode is accepted. */
async function checkKind(settings: RedisSettings): Promise<void> {
  const found = await firstAnswer(settings);
  if (found === null) return;
  const { prefix, kind } = settings;
  const name = (names: string) => names.replaceAll('REDIS_', `${prefix}REDIS_`);
  if (!found.modes.includes(MODE_OF[kind])) {
    const { is, setting } = WHAT[found.modes[0]];
    throw new WrongRedisError(
      `${name(NAME_OF[kind])} leads to ${is}: set ${name(setting)} instead (docs/operations.md)`,
    );
  }
  if (kind === 'sentinel' && !found.knowsName)
    throw new WrongRedisError(
      `${name('REDIS_SENTINEL_NAME')} is ${settings.name}, but the Sentinel has no primary of this name`,
    );
}

const TIMEOUT_MS = 2_000;

type Answer = { modes: readonly [Mode, ...Mode[]]; knowsName: boolean };

async function firstAnswer(settings: RedisSettings): Promise<Answer | null> {
  if (settings.kind === 'server') return ask(settings.url, settings);
  const [places, access] =
    settings.kind === 'cluster' ? [settings.nodes, settings] : [settings.sentinels, settings.sentinelAccess];
  const name = settings.kind === 'sentinel' ? settings.name : undefined;
  let lastError: unknown;
  for (const place of places) {
    try {
      return await ask(place, access, name);
    } catch (error) {
      lastError = error;
    }
  }
  throw lastError;
}

/** @throws the error of the connection, or of signing in */
async function ask(place: RedisAddress | string, access: RedisAccess, name?: string): Promise<Answer | null> {
  const options = {
    ...accessOptions(access),
    protocol: 2,
    lazyConnect: true,
    enableReadyCheck: false,
    retryStrategy: null,
    connectTimeout: TIMEOUT_MS,
    commandTimeout: TIMEOUT_MS,
  } as const;
  const redis = typeof place === 'string' ? new Redis(place, options) : new Redis({ ...place, ...options });
  let cause: Error | undefined;
  redis.on('error', (error) => {
    cause ??= error;
  });
  try {
    // Its rejection says only that the connection is closed.
    await redis.connect().catch((error: unknown) => {
      throw cause ?? error;
    });
    const modes = await modesOf(redis);
    if (modes === null) return null;
    if (name === undefined || modes[0] !== 'sentinel') return { modes, knowsName: true };
    const primary = await redis.call('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', name);
    return { modes, knowsName: primary !== null };
  } finally {
    redis.disconnect();
  }
}

/** Null when the server does not tell. A proxy, or a server before Redis 6, does not know HELLO. */
async function modesOf(redis: Redis): Promise<Answer['modes'] | null> {
  const reply = await redis.call('HELLO').catch(() => null);
  const mode = Array.isArray(reply) ? reply[reply.indexOf('mode') + 1] : null;
  if (mode === 'cluster') return (await isAlone(redis)) ? ['cluster', 'standalone'] : ['cluster'];
  return mode === 'standalone' || mode === 'sentinel' ? [mode] : null;
}

/** A Cluster of one node, or a proxy that looks like one, also serves a client that does not know Clusters. */
async function isAlone(redis: Redis): Promise<boolean> {
  const ranges = await redis.cluster('SLOTS').catch(() => []);
  const [[first, last, ...nodes] = []] = ranges;
  return first === 0 && last === SLOTS - 1 && nodes.length === 1;
}
