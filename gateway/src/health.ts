import type { HttpEnv } from '@shopfast/kit/http';
import { Hono } from 'hono';
import type { Redis } from 'ioredis';

/** Any write shows a server that only reads, such as a primary that became a replica. */
const READINESS_KEY = 'wr:readyz';

/** Liveness and readiness (Redis accepts writes, not draining). */
export function healthRoutes(deps: { redis: Redis }, isDraining: () => boolean): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.get('/healthz', (c) => c.json({ status: 'ok' }));
  app.get('/readyz', async (c) => {
    if (isDraining()) return c.json({ status: 'draining' }, 503, { 'Retry-After': '5' });
    const accepts = await deps.redis.set(READINESS_KEY, 1, 'EX', 60).then(
      () => true,
      () => false,
    );
    if (accepts) return c.json({ status: 'ok' });
    return c.json({ status: 'redis is unavailable' }, 503, { 'Retry-After': '2' });
  });
  return app;
}
