import type { Context, MiddlewareHandler } from 'hono';
import { Problem } from './errors.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses what another site's page sends in a shopper's name. Every browser says with an unsafe request where its page is
 * from; whoever says nothing is no browser, and may go on only without the cookies that a browser adds by itself.
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
