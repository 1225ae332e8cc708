import type { Context, MiddlewareHandler } from 'hono';
import { Problem } from './errors.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses requests that another site's page sends in a shopper's name (CSRF). Every browser sends the page's origin
 * with an unsafe request. A request without an origin is not from a browser, and must not have cookies.
 * @throws Problem `origin_forbidden`
 */
export function refuseOtherOrigins(c: Context, origin: string): void {
  if (SAFE.has(c.req.method)) return;
  const said = c.req.header('origin');
  const fromElsewhere = said === undefined ? c.req.header('cookie') !== undefined : said !== origin;
  const site = c.req.header('sec-fetch-site');
  if (fromElsewhere || (site !== undefined && site !== 'same-origin' && site !== 'none'))
    throw new Problem('origin_forbidden');
}

export const sameOrigin =
  (origin: string): MiddlewareHandler =>
  (c, next) => {
    refuseOtherOrigins(c, origin);
    return next();
  };
