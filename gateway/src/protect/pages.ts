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

/** The pages that people see, built by `web-waitroom`: the waiting page of each room, the shop, their assets. */
export function pageRoutes(): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  const headers = secureHeaders({
    contentSecurityPolicy: CONTENT_SECURITY_POLICY,
    strictTransportSecurity: false,
  });
  const page = (name: string) => {
    const html = existsSync(`${DIST}/${name}/index.html`)
      ? readFile(`${DIST}/${name}/index.html`, 'utf8')
      : null;
    return async (c: Context<HttpEnv>) => {
      if (!html) return c.text('The pages are not built yet: npm run build', 503);
      return c.html(await html, 200, { 'Cache-Control': 'public, max-age=60' });
    };
  };

  app.use('/w/*', headers);
  app.use('/shop', headers);
  app.use('/shop/*', headers);
  app.get('/w/:room', page('waiting'));
  app.get('/shop', page('shop'));
  app.get('/shop/*', page('shop'));
  app.use(
    '/assets/*',
    serveStatic({
      root: DIST,
      onFound: (_path, c) => c.header('Cache-Control', 'public, max-age=31536000, immutable'),
    }),
  );
  return app;
}
