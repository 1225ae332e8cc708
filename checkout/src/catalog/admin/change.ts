import { findProduct, type StockedProduct, updateProduct } from '@shopfast/db/products';
import { type Author, auditEntry } from '@shopfast/kit/admin/author';
import { Problem } from '@shopfast/kit/errors';
import { invalidRequest } from '@shopfast/kit/http';
import type { Checkout } from '../../deps.ts';
import type { SomeProductSettings } from './product-settings.ts';

/**
 * Changes some settings of a product and audits the old values. Every purchase that starts afterwards uses the new
 * ones.
 * @param expectedVersion from `If-Match`; null: any version
 * @throws Problem product_unknown, invalid_request, edit_conflict
 */
export async function changeProduct(
  { sql, clock, catalog }: Checkout,
  id: string,
  given: SomeProductSettings,
  expectedVersion: number | null,
  author: Author,
): Promise<StockedProduct> {
  const read = await findProduct(sql, id);
  if (!read) throw new Problem('product_unknown');
  if (expectedVersion !== null && expectedVersion !== read.version) throw new Problem('edit_conflict');
  const before = { ...read, room: read.room_id };
  const changes = withoutUndefined(given);
  const { room, ...settings } = { ...before, ...changes };
  demandWindow(settings);

  const entry = auditEntry(author, clock.now(), {
    action: 'product.update',
    target: id,
    before: pick(before, changes),
    after: changes,
  });
  const changed = await updateProduct(sql, read, { ...settings, room_id: room }, entry);
  if (!changed) throw new Problem('edit_conflict');
  catalog.refreshSoon();
  return changed;
}

/** @throws Problem invalid_request for a sale that ends before it starts */
export function demandWindow(sale: { sale_starts_at: Date | null; sale_ends_at: Date | null }): void {
  const { sale_starts_at: starts, sale_ends_at: ends } = sale;
  if (starts && ends && ends <= starts)
    throw invalidRequest([{ path: ['sale_ends_at'], message: 'must be after sale_starts_at' }]);
}

type Given<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

function withoutUndefined<T extends object>(settings: T): Given<T> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as Given<T>;
}

function pick(from: Record<string, unknown>, like: object): Record<string, unknown> {
  return Object.fromEntries(Object.keys(like).map((key) => [key, from[key]]));
}
