import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { serveStatic } from '@hono/node-server/serve-static';
import type { HttpEnv } from '@shopfast/kit/http';
import { type Context, Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';

const DIST = fileURLToPath(new URL('../../../web-waitroom/dist', import.meta.url));

const CONTENT_SECURITY_POLICY = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
};

const headers = secureHeaders({
  contentSecurityPolicy: CONTENT_SECURITY_POLICY,
  strictTransportSecurity: false,
});

/** The waiting page of each room, the page that checks its lottery, and the assets of all pages, built by `web-waitroom`. */
export function waitingPageRoutes(): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.use('/w/*', headers);
  app.use('/lottery/*', headers);
  app.get('/w/:room', page('waiting'));
  app.get('/lottery/:room', page('lottery'));
  app.use(
    '/assets/*',
    serveStatic({
      root: DIST,
      onFound: (_path, c) => c.header('Cache-Control', 'public, max-age=31536000, immutable'),
    }),
  );
  return app;
}

/** The sample shop, built by `web-waitroom`. */
export function shopPageRoutes(): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.use('/shop', headers);
  app.use('/shop/*', headers);
  app.get('/shop', page('shop'));
  app.get('/shop/*', page('shop'));
  return app;
}

function page(name: string) {
  const html = existsSync(`${DIST}/${name}/index.html`)
    ? readFile(`${DIST}/${name}/index.html`, 'utf8')
    : null;
  return async (c: Context<HttpEnv>) => {
    if (!html) return c.text('The pages are not built yet: npm run build', 503);
    return c.html(await html, 200, { 'Cache-Control': 'public, max-age=60' });
  };
}
