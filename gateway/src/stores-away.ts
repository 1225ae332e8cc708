import { isUnavailable } from '@shopfast/db/postgres-error';
import { Problem } from '@shopfast/kit/errors';
import { isRedisAway } from '@shopfast/kit/redis';

/**
 * A store that is away is nobody's fault and soon over: `503` with `Retry-After`, jittered, so that a crowd does not come
 * back in one wave. Nothing was minted and no place is lost.
 */
export function storesAway(error: unknown): Problem | undefined {
  if (!isRedisAway(error) && !isUnavailable(error)) return undefined;
  return new Problem('unavailable', { retryAfterSeconds: 2 + Math.random() * 4, cause: error });
}
