import { type AuditEntry, auditChange } from '../audit/entry.ts';
import type { Sql } from '../client.ts';
import { enqueueStockJobs, type ProductSettings, type StockedProduct } from './stocked-product.ts';

/**
 * Changes a product if it still has the version that was read, audited. When it moves to another room, both rooms get
 * their new figures, and the figures' version grows, though no unit moved.
 * @returns undefined if it was changed meanwhile
 */
export async function updateProduct(
  sql: Sql,
  read: { id: string; version: number; room_id: string | null },
  settings: ProductSettings,
  entry: AuditEntry,
): Promise<StockedProduct | undefined> {
  const [product] = await sql<StockedProduct[]>`
    with changed as (
      update products
      set name = ${settings.name}, description = ${settings.description}, price = ${settings.price},
        room_id = ${settings.room_id}, per_customer_limit = ${settings.per_customer_limit},
        sale_starts_at = ${settings.sale_starts_at}, sale_ends_at = ${settings.sale_ends_at},
        version = version + 1, updated_at = ${entry.at}
      where id = ${read.id} and version = ${read.version}
      returning *
    ), rooms as (
      select room.id from changed cross join (values (${read.room_id}::text), (${settings.room_id}::text)) as room (id)
      where ${read.room_id !== settings.room_id}
    ), moved as (
      update inventory set version = version + 1
      where product_id = ${read.id} and exists (select from rooms)
    ), ${enqueueStockJobs(sql, entry.at)}, ${auditChange(sql, entry)}
    select changed.*, i.stock, i.available, i.held, i.sold
    from changed join inventory i on i.product_id = changed.id`;
  return product;
}
