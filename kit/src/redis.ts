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
        }
      : { maxRetriesPerRequest: null };
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

const UNAVAILABLE =
  /Command timed out|Connection is closed|Stream isn't writeable|ECONNREFUSED|ECONNRESET|LOADING|READONLY|MASTERDOWN/;

/** Whether a command failed because Redis is unavailable, and not because of its arguments. */
export function isRedisUnavailable(error: unknown): boolean {
  return (
    error instanceof Error && (error.name === 'MaxRetriesPerRequestError' || UNAVAILABLE.test(error.message))
  );
}

async function closeRedis(redis: Redis): Promise<void> {
  if (redis.status === 'ready') await redis.quit().catch(() => redis.disconnect());
  else redis.disconnect();
}
