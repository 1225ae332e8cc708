import type { HttpEnv } from '@shopfast/kit/http';
import type { RedisClient } from '@shopfast/kit/redis';
import { writeToEveryPrimary } from '@shopfast/kit/redis/check';
import { Hono } from 'hono';

/** What readiness writes, and the check at the start. */
export const READINESS_KEY = 'wr:readyz';

/**
 * Liveness and readiness (every primary of Redis accepts writes, not draining, nothing missing).
 * @param missing what the service lacks until it is started again, and what to do
 */
export function healthRoutes(
  deps: { redis: RedisClient },
  isDraining: () => boolean,
  missing?: string,
): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.get('/healthz', (c) => c.json({ status: 'ok' }));
  app.get('/readyz', async (c) => {
    if (isDraining()) return c.json({ status: 'draining' }, 503, { 'Retry-After': '5' });
    if (missing) return c.json({ status: missing }, 503, { 'Retry-After': '5' });
    const accepts = await writeToEveryPrimary(deps.redis, READINESS_KEY).then(
      () => true,
      () => false,
    );
    if (accepts) return c.json({ status: 'ok' });
    return c.json({ status: 'redis is unavailable' }, 503, { 'Retry-After': '2' });
  });
  return app;
}
