import type { CatalogProduct } from '@shopfast/db/stock';
import type { ProductDocument } from '@shopfast/kit/contracts/api';

/** "low": at most a fifth of the stock or five units. "reserved": all units are held, and holds may still expire. */
export function availability(
  units: Pick<CatalogProduct, 'stock' | 'available' | 'held'>,
): ProductDocument['availability'] {
  if (units.available <= 0) return units.held > 0 ? 'reserved' : 'sold_out';
  return units.available <= Math.max(5, units.stock / 5) ? 'low' : 'available';
}
