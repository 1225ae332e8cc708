import {
  findProduct,
  insertProduct,
  restockProduct,
  type StockedProduct,
  updateProduct,
} from '@shopfast/db/products';
import { type Author, auditEntry } from '@shopfast/kit/admin/author';
import type { NewProductRequest, SomeProductSettings } from '@shopfast/kit/contracts/products';
import { Problem } from '@shopfast/kit/errors';
import { invalidRequest } from '@shopfast/kit/http';
import type { Checkout } from '../../deps.ts';

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
  // What is undefined was left out, so the rest has the type of `Given`.
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as Given<T>;
}

function pick(from: Record<string, unknown>, like: object): Record<string, unknown> {
  return Object.fromEntries(Object.keys(like).map((key) => [key, from[key]]));
}
