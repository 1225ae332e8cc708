import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Context, MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { HttpEnv } from './http.ts';

/** Where `web-waitroom` puts what it builds: a folder for each page, and `assets/` of all. */
export const BUILT_PAGES = fileURLToPath(new URL('../../web-waitroom/dist', import.meta.url));

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

/** What every page is sent with: nothing from outside, in no frame. */
export const pageHeaders: MiddlewareHandler = secureHeaders({
  contentSecurityPolicy: CONTENT_SECURITY_POLICY,
  strictTransportSecurity: false,
});

/** A handler that answers one of the built pages; `503` while it is not built. */
export function builtPage(name: string, cacheControl: string) {
  const path = `${BUILT_PAGES}/${name}/index.html`;
  const html = existsSync(path) ? readFile(path, 'utf8') : null;
  return async (c: Context<HttpEnv>) => {
    if (!html) return c.text('The pages are not built yet: npm run build', 503);
    return c.html(await html, 200, { 'Cache-Control': cacheControl });
  };
}
