import { serveStatic } from '@hono/node-server/serve-static';
import { builtPage, missingPages } from '@shopfast/kit/built-page';
import type { HttpEnv } from '@shopfast/kit/http';
import { Hono, type MiddlewareHandler } from 'hono';
import { FOR_A_MINUTE, FOR_EVER } from './cache-control.ts';
import { BUILT_PAGES, pageFolder } from './folder.ts';

/**
 * The pages that `web-waitroom` builds: waiting page, lottery check, dashboard, accessibility statement, and the assets
 * of all.
 */
export function builtPageRoutes(): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  for (const path of ['/admin', '/admin/*']) app.get(path, ...builtPage(pageFolder('admin'), FOR_A_MINUTE));
  app.get('/w/:room', ...builtPage(pageFolder('waiting'), FOR_A_MINUTE));
  app.get('/accessibility', ...builtPage(pageFolder('accessibility'), FOR_A_MINUTE));
  app.get('/lottery/:room', ...builtPage(pageFolder('lottery'), FOR_A_MINUTE));
  app.use('/assets/*', keptForEver, serveStatic({ root: BUILT_PAGES, precompressed: true }));
  return app;
}

/** @returns what to do if the pages of a gateway are not built */
export const missingGatewayPages = (): string | undefined =>
  missingPages(['waiting', 'admin', 'accessibility', 'lottery'].map(pageFolder));

/** The names of assets contain a hash of their content. */
const keptForEver: MiddlewareHandler = async (c, next) => {
  await next();
  if (c.res.ok) c.header('Cache-Control', FOR_EVER);
};
