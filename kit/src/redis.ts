import { Redis, type RedisOptions } from 'ioredis';
import type { Lifecycle } from './lifecycle.ts';
import type { Log } from './log.ts';

export type RedisPurpose =
  /** For requests: fail fast, so that the caller can retry. */
  | 'requests'
  /** For BullMQ workers: wait without a limit. */
  | 'worker';

/**
 * Opens a Redis connection and registers its close. Commands of a request have 2 s and are not queued while Redis is
 * unavailable. Scripts that write carry an operation id, because ioredis may resend a command after a reconnect.
 */
export function connectRedis(
  url: string,
  purpose: RedisPurpose,
  context: { log: Log; lifecycle: Lifecycle },
): Redis {
  const options: Omit<RedisOptions, 'replyMapping'> =
    purpose === 'requests'
      ? {
          commandTimeout: 2_000,
          maxRetriesPerRequest: 1,
          enableOfflineQueue: true,
          enableAutoPipelining: false,
          // The command fails: its caller gets 503 and tries again.
          reconnectOnError: (error) => isDemoted(error) && CONNECT_AGAIN,
        }
      : {
          maxRetriesPerRequest: null,
          reconnectOnError: (error) => isDemoted(error) && CONNECT_AGAIN_AND_RESEND,
        };
  const redis = new Redis(url, {
    ...options,
    connectTimeout: 5_000,
    retryStrategy: (attempt) => Math.min(50 * 2 ** Math.min(attempt, 5), 1_000) * (0.75 + Math.random() / 2),
  });
  let lastError = '';
  redis.on('error', (error: Error) => {
    if (error.message !== lastError) context.log.warn({ err: error }, 'redis connection');
    lastError = error.message;
  });
  redis.on('ready', () => {
    lastError = '';
  });
  context.lifecycle.onClose('redis', () => closeRedis(redis));
  return redis;
}

/** Values of ioredis' `reconnectOnError`. */
const CONNECT_AGAIN = 1;
const CONNECT_AGAIN_AND_RESEND = 2;

/**
 * Errors of a server that is, or has just become, a replica. After a failover behind one address, a connection that was
 * not closed still leads to it; only a new connection reaches the primary. Each one resolves the name again.
 */
const DEMOTED = replies('READONLY', 'MASTERDOWN', 'UNBLOCKED');

/** Errors of a server or a Cluster that cannot serve now, and of a store that moves. */
const CANNOT_NOW = replies(
  ...['READONLY', 'MASTERDOWN', 'UNBLOCKED', 'LOADING', 'BUSY', 'OOM', 'MISCONF', 'NOREPLICAS'],
  ...['CLUSTERDOWN', 'MOVED', 'ASK', 'TRYAGAIN'],
);

/** A reply's code is its first word. A script of Redis 6 repeats the code of the command in it, after a hyphen. */
function replies(...codes: string[]): RegExp {
  return new RegExp(`(?:^|-)(?:${codes.join('|')}) `);
}

const NO_CONNECTION = [
  ...['Command timed out', 'Connection is closed', "Stream isn't writeable", 'Connection lost'],
  ...['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'EHOSTUNREACH', 'ENOTFOUND', 'EAI_AGAIN'],
  ...['Too many Cluster redirections', 'Failed to refresh slots cache', 'None of startup nodes is available'],
  ...["Cluster isn't ready", 'All sentinels are unreachable', 'max number of clients reached'],
];

/** Whether a reply says that its server became a replica. */
export const isDemoted = (error: unknown): boolean => error instanceof Error && DEMOTED.test(error.message);

/**
 * Whether a command failed because Redis is unavailable or moves to another server, and not because of its arguments.
 * The same command may be tried again later.
 */
export function isRedisUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { name, message } = error;
  if (name === 'MaxRetriesPerRequestError' || name === 'ClusterAllFailedError') return true;
  return CANNOT_NOW.test(message) || NO_CONNECTION.some((text) => message.includes(text));
}

async function closeRedis(redis: Redis): Promise<void> {
  if (redis.status === 'ready') await redis.quit().catch(() => redis.disconnect());
  else redis.disconnect();
}
