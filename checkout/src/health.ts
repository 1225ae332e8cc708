import { acceptsWrites } from '@shopfast/db/client';
import type { HttpEnv } from '@shopfast/kit/http';
import { Hono } from 'hono';
import type { Checkout } from './deps.ts';

/**
 * Liveness and readiness (the database accepts writes, not draining, nothing missing).
 * @param missing what the service lacks until it is started again, and what to do
 */
export function healthRoutes(
  { sql, database }: Checkout,
  isDraining: () => boolean,
  missing?: string,
): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.get('/healthz', (c) => c.json({ status: 'ok' }));
  app.get('/readyz', async (c) => {
    if (isDraining()) return c.json({ status: 'draining' }, 503, { 'Retry-After': '5' });
    if (missing) return c.json({ status: missing }, 503, { 'Retry-After': '5' });
    const accepts = await database
      .run(() => acceptsWrites(sql))
      .then(
        () => true,
        () => false,
      );
    if (accepts) return c.json({ status: 'ok' });
    return c.json({ status: 'the database is unavailable' }, 503, { 'Retry-After': '2' });
  });
  return app;
}
