import type { HttpEnv } from '@shopfast/kit/http';
import { Hono } from 'hono';
import type { Registry } from 'prom-client';
import type { Gateway } from './deps.ts';

/** Liveness, readiness (Redis reachable, not draining) and Prometheus metrics. */
export function healthRoutes(gateway: Gateway, metrics: Registry, isDraining: () => boolean): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.get('/healthz', (c) => c.json({ status: 'ok' }));
  app.get('/readyz', async (c) => {
    if (isDraining()) return c.json({ status: 'draining' }, 503);
    const reachable = await gateway.redis.ping().then(
      () => true,
      () => false,
    );
    return reachable ? c.json({ status: 'ok' }) : c.json({ status: 'redis is away' }, 503);
  });
  app.get('/metrics', async (c) =>
    c.body(await metrics.metrics(), 200, { 'Content-Type': metrics.contentType }),
  );
  return app;
}
