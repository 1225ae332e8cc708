import { join } from 'node:path';
import { builtPage } from '@shopfast/kit/built-page';
import { Hono } from 'hono';
import type { CheckoutHttpEnv } from './deps.ts';
import { type CardForm, needsOf } from './payments/card-form.ts';

/** Where `web-waitroom` puts the shop that it builds. */
const SHOP_PAGE = join(import.meta.dirname, '../../web-waitroom/dist/shop');

/**
 * The pages of the shop, built by `web-waitroom`. No cache may keep what the gateway lets admitted shoppers alone see.
 * @param cardForm the only thing from elsewhere that they may load
 */
export function shopPageRoutes(cardForm: CardForm | null): Hono<CheckoutHttpEnv> {
  const app = new Hono<CheckoutHttpEnv>();
  const page = builtPage(SHOP_PAGE, 'private, no-store', cardForm ? needsOf(cardForm) : {});
  for (const path of ['/shop', '/shop/*']) app.get(path, ...page);
  return app;
}
