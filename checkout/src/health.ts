import type { HttpEnv } from '@shopfast/kit/http';
import { Hono } from 'hono';
import type { Checkout } from './deps.ts';

/** Liveness and readiness (database reachable, not draining). */
export function healthRoutes({ sql, database }: Checkout, isDraining: () => boolean): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.get('/healthz', (c) => c.json({ status: 'ok' }));
  app.get('/readyz', async (c) => {
    if (isDraining()) return c.json({ status: 'draining' }, 503);
    const reachable = await database
      .run(() => sql`select 1`)
      .then(
        () => true,
        () => false,
      );
    return reachable ? c.json({ status: 'ok' }) : c.json({ status: 'the database is unavailable' }, 503);
  });
  return app;
}
