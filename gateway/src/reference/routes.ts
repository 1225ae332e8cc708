import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { serveStatic } from '@hono/node-server/serve-static';
import type { HttpEnv } from '@shopfast/kit/http';
import { Hono, type MiddlewareHandler } from 'hono';
import { accepts } from 'hono/accepts';
import { FOR_A_MINUTE } from '../pages/cache-control.ts';
import { pageFolder } from '../pages/folder.ts';
import { PAGE, PAGE_POLICY, START } from './docs-page.ts';

const DOCUMENT = new Uint8Array(readFileSync(new URL('./openapi.json', import.meta.url)));

/**
 * `/openapi.json`: every call of gateway, checkout and workers; and, for people, `/docs`. `npm run docs:api` writes the
 * document from what each service says about its own calls; a test fails when it is older than the code.
 */
export function referenceRoutes(): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  const zipped = new Uint8Array(gzipSync(DOCUMENT));
  app.get('/openapi.json', (c) => {
    const coding = accepts(c, { header: 'Accept-Encoding', supports: ['gzip'], default: 'identity' });
    c.header('Content-Type', 'application/json');
    c.header('Cache-Control', FOR_A_MINUTE);
    c.header('Vary', 'Accept-Encoding', { append: true });
    if (coding === 'identity') return c.body(DOCUMENT);
    c.header('Content-Encoding', 'gzip');
    return c.body(zipped);
  });
  app.use('/docs', strictly);
  app.use('/docs/*', strictly);
  app.get('/docs', (c) => c.html(PAGE));
  app.get('/docs/start.js', (c) => c.body(START, 200, { 'Content-Type': 'text/javascript; charset=UTF-8' }));
  app.get('/docs/redoc.js', serveStatic({ path: join(pageFolder('docs'), 'redoc.js'), precompressed: true }));
  return app;
}

const strictly: MiddlewareHandler = async (c, next) => {
  await next();
  if (c.res.ok) c.header('Cache-Control', FOR_A_MINUTE);
  c.header('Content-Security-Policy', PAGE_POLICY);
  c.header('X-Content-Type-Options', 'nosniff');
  c.header('Referrer-Policy', 'no-referrer');
};
