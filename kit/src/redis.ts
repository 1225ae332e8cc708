import { Cluster, Redis, type RedisOptions } from 'ioredis';
import type { Lifecycle } from './lifecycle.ts';
import type { Log } from './log.ts';
import { isDemoted } from './redis/errors.ts';
import { oneServer, type RedisAccess, type RedisSettings } from './redis/settings.ts';

/** A connection to one server (found by its address or by Sentinels), or the connections to a Cluster. */
export type RedisClient = Redis | Cluster;

export type RedisPurpose =
  /** For requests: fail fast, so that the caller can retry. */
  | 'requests'
  /** For BullMQ workers: wait without a limit. */
  | 'worker';

type Context = { log: Log; lifecycle: Lifecycle };

/**
 * Opens a Redis connection and registers its close. Commands of a request have 2 s and are not queued while Redis is
 * unavailable. Scripts that write carry an operation id, because ioredis may resend a command after a reconnect.
 * @param where settings, or the URL of one server
 */
export function connectRedis(where: string, purpose: RedisPurpose, context: Context): Redis;
export function connectRedis(
  where: RedisSettings | string,
  purpose: RedisPurpose,
  context: Context,
): RedisClient;
export function connectRedis(
  where: RedisSettings | string,
  purpose: RedisPurpose,
  context: Context,
): RedisClient {
  const redis = open(typeof where === 'string' ? oneServer(where) : where, purpose);
  const loggedAt = new Map<string, number>();
  const warn = (err: Error, node?: string) => {
    const now = performance.now();
    if (now - (loggedAt.get(err.message) ?? Number.NEGATIVE_INFINITY) < REPEAT_LOG_MS) return;
    loggedAt.set(err.message, now);
    context.log.warn({ err, node }, 'redis connection');
  };
  const forget = () => loggedAt.clear();
  if (redis instanceof Cluster) redis.on('node error', warn).on('error', warn).on('ready', forget);
  else redis.on('error', warn).on('ready', forget);
  context.lifecycle.onClose('redis', () => closeRedis(redis));
  return redis;
}

/** Options of ioredis for signing in and for TLS. */
export const accessOptions = ({
  username,
  password,
  tls,
}: RedisAccess): Pick<RedisOptions, 'username' | 'password' | 'tls'> => ({
  ...(username === undefined ? {} : { username }),
  ...(password === undefined ? {} : { password }),
  ...(tls ? { tls } : {}),
});

function open(settings: RedisSettings, purpose: RedisPurpose): RedisClient {
  const options = { ...accessOptions(settings), ...LIMITS[purpose], connectTimeout: CONNECT_TIMEOUT_MS };
  if (settings.kind === 'cluster') return openCluster(settings.nodes, options, purpose);
  if (settings.kind === 'server') return new Redis(settings.url, { ...options, retryStrategy: retryDelay });
  const { sentinels, name, sentinelAccess } = settings;
  const { username, password, tls } = accessOptions(sentinelAccess);
  return new Redis({
    ...{ ...options, sentinels, name, retryStrategy: retryDelay },
    ...{ sentinelCommandTimeout: COMMAND_TIMEOUT_MS, sentinelRetryStrategy: retryDelay },
    // Leaves a primary that hangs. ioredis' `failoverDetector` is no alternative: a message of the Sentinels that comes
    // during a reconnect ends the client for good.
    ...(purpose === 'requests' ? { socketTimeout: SILENCE_MS } : {}),
    ...(username === undefined ? {} : { sentinelUsername: username }),
    ...(password === undefined ? {} : { sentinelPassword: password }),
    ...(tls ? { sentinelTLS: tls, enableTLSForSentinelMode: true } : {}),
  });
}

/** Requests fail while the Cluster is unavailable, after {@link MOST_TRIES}. Commands of workers wait for it. */
function openCluster(
  nodes: { host: string; port: number }[],
  options: object,
  purpose: RedisPurpose,
): Cluster {
  return new Cluster(nodes, {
    redisOptions: options,
    clusterRetryStrategy: retryDelay,
    enableOfflineQueue: purpose === 'worker',
    // A node's CLUSTER INFO says nothing about the others. Each command shows whether its own node serves.
    enableReadyCheck: false,
    // Names stay names: certificates contain names, and each new connection resolves the name again.
    dnsLookup: (host, done) => done(null, host),
    maxRedirections: MOST_TRIES[purpose],
    retryDelayOnFailover: BETWEEN_TRIES_MS,
    retryDelayOnClusterDown: BETWEEN_TRIES_MS,
    retryDelayOnTryAgain: BETWEEN_TRIES_MS,
    slotsRefreshInterval: SLOTS_REFRESH_MS,
  });
}

/** The nodes of a Cluster report their errors in turn, many times a second. */
const REPEAT_LOG_MS = 30_000;
const CONNECT_TIMEOUT_MS = 5_000;
const COMMAND_TIMEOUT_MS = 2_000;
/** A server that answers no command for this time hangs. */
const SILENCE_MS = 3_000;

/** Redirections and tries of one command in a Cluster. Those of a worker outlast a failover. */
const MOST_TRIES = { requests: 16, worker: 200 } as const satisfies Record<RedisPurpose, number>;
const BETWEEN_TRIES_MS = 100;
/** A node that hangs never redirects: only this shows that another one has its slots. */
const SLOTS_REFRESH_MS = 2_000;

/** Values of ioredis' `reconnectOnError`. */
const CONNECT_AGAIN = 1;
const CONNECT_AGAIN_AND_RESEND = 2;

const LIMITS = {
  requests: {
    commandTimeout: COMMAND_TIMEOUT_MS,
    maxRetriesPerRequest: 1,
    // The command fails: its caller gets 503 and tries again.
    reconnectOnError: (error) => isDemoted(error) && CONNECT_AGAIN,
  },
  worker: {
    maxRetriesPerRequest: null,
    reconnectOnError: (error) => isDemoted(error) && CONNECT_AGAIN_AND_RESEND,
  },
} as const satisfies Record<RedisPurpose, RedisOptions>;

const retryDelay = (attempt: number): number =>
  Math.min(50 * 2 ** Math.min(attempt, 5), 1_000) * (0.75 + Math.random() / 2);

async function closeRedis(redis: RedisClient): Promise<void> {
  if (redis instanceof Redis && redis.status === 'ready') await redis.quit().catch(() => redis.disconnect());
  // QUIT would first open the connections to replicas that were never used.
  else redis.disconnect();
}
