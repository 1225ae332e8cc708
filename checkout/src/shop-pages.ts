import { join } from 'node:path';
import { builtPage, missingPages } from '@shopfast/kit/built-page';
import { Hono } from 'hono';
import type { CheckoutHttpEnv } from './deps.ts';
import { type CardForm, needsOf } from './payments/card-form.ts';

/** The shop that `web-waitroom` builds. */
const SHOP_PAGE = join(import.meta.dirname, '../../web-waitroom/dist/shop');

/** @returns what to do if the pages of the shop are not built */
export const missingShopPages = (): string | undefined => missingPages([SHOP_PAGE]);

/**
 * The pages of the shop, built by `web-waitroom`. No cache may keep them, because only admitted shoppers may see them.
 * @param cardForm the only external source that the pages may load
 */
export function shopPageRoutes(cardForm: CardForm | null): Hono<CheckoutHttpEnv> {
  const app = new Hono<CheckoutHttpEnv>();
  const page = builtPage(SHOP_PAGE, 'private, no-store', cardForm ? needsOf(cardForm) : {});
  for (const path of ['/shop', '/shop/*']) app.get(path, ...page);
  return app;
}
