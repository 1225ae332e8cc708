import { insertProduct, type StockedProduct } from '@shopfast/db/products';
import { type Author, auditEntry } from '@shopfast/kit/admin/author';
import { Problem } from '@shopfast/kit/errors';
import type { Checkout } from '../../deps.ts';
import { demandWindow } from './change.ts';
import type { NewProductRequest } from './product-settings.ts';

/** Adds a product to the catalogue, audited. @throws Problem product_exists, invalid_request */
export async function createProduct(
  checkout: Checkout,
  { room, ...request }: NewProductRequest,
  author: Author,
): Promise<StockedProduct> {
  const { sql, clock, catalog } = checkout;
  demandWindow(request);
  const product = { ...request, room_id: room };
  const entry = auditEntry(author, clock.now(), {
    action: 'product.create',
    target: request.id,
    after: { room, ...request },
  });
  const made = await insertProduct(sql, product, entry);
  if (!made) throw new Problem('product_exists');
  catalog.refreshSoon();
  return made;
}
