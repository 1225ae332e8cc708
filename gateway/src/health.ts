import type { HttpEnv } from '@shopfast/kit/http';
import type { RedisClient } from '@shopfast/kit/redis';
import { writeToEveryPrimary } from '@shopfast/kit/redis/check';
import { Hono } from 'hono';

/** What readiness writes, and the check at the start. */
export const READINESS_KEY = 'wr:readyz';

/** Liveness and readiness (every primary of Redis accepts writes, not draining). */
export function healthRoutes(deps: { redis: RedisClient }, isDraining: () => boolean): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.get('/healthz', (c) => c.json({ status: 'ok' }));
  app.get('/readyz', async (c) => {
    if (isDraining()) return c.json({ status: 'draining' }, 503, { 'Retry-After': '5' });
    const accepts = await writeToEveryPrimary(deps.redis, READINESS_KEY).then(
      () => true,
      () => false,
    );
    if (accepts) return c.json({ status: 'ok' });
    return c.json({ status: 'redis is unavailable' }, 503, { 'Retry-After': '2' });
  });
  return app;
}
