import { builtPage } from '@shopfast/kit/built-page';
import { Hono } from 'hono';
import type { CheckoutHttpEnv } from './deps.ts';

/** The pages of the shop, built by `web-waitroom`. No cache may keep what the gateway lets admitted shoppers alone see. */
export function shopPageRoutes(): Hono<CheckoutHttpEnv> {
  const app = new Hono<CheckoutHttpEnv>();
  const page = builtPage('shop', 'private, no-store');
  for (const path of ['/shop', '/shop/*']) app.get(path, ...page);
  return app;
}
