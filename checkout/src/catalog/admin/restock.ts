import { findProduct, restockProduct, type StockedProduct } from '@shopfast/db/products';
import { type Author, auditEntry } from '@shopfast/kit/admin/author';
import { Problem } from '@shopfast/kit/errors';
import type { Checkout } from '../../deps.ts';

/**
 * Adds units, or removes units that are neither held nor sold. A job notifies the waiting room.
 * @throws Problem product_unknown, stock_out_of_range
 */
export async function restock(
  { sql, clock, catalog }: Checkout,
  { id, delta }: { id: string; delta: number },
  author: Author,
): Promise<StockedProduct> {
  const entry = auditEntry(author, clock.now(), { action: 'product.stock', target: id });
  const product = await restockProduct(sql, { id, delta }, entry);
  if (!product) throw new Problem((await findProduct(sql, id)) ? 'stock_out_of_range' : 'product_unknown');
  catalog.refreshSoon();
  return product;
}
