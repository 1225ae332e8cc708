import { isUnavailable } from '@shopfast/db/postgres-error';
import { Problem } from '@shopfast/kit/errors';
import { isRedisUnavailable } from '@shopfast/kit/redis/errors';

/**
 * Maps an unavailable store to `503` with `Retry-After`. The delay is random, so that a crowd does not retry in one
 * wave. Nothing was issued and no place is lost.
 */
export function storesUnavailable(error: unknown): Problem | undefined {
  if (!isRedisUnavailable(error) && !isUnavailable(error)) return undefined;
  return new Problem('unavailable', { retryAfterSeconds: 2 + Math.random() * 4, cause: error });
}
