import type { HttpEnv } from '@shopfast/kit/http';
import { Hono } from 'hono';
import type { Redis } from 'ioredis';

/** Liveness and readiness (Redis reachable, not draining). */
export function healthRoutes(deps: { redis: Redis }, isDraining: () => boolean): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.get('/healthz', (c) => c.json({ status: 'ok' }));
  app.get('/readyz', async (c) => {
    if (isDraining()) return c.json({ status: 'draining' }, 503);
    const reachable = await deps.redis.ping().then(
      () => true,
      () => false,
    );
    return reachable ? c.json({ status: 'ok' }) : c.json({ status: 'redis is unavailable' }, 503);
  });
  return app;
}
