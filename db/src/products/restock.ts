import type { AuditEntry } from '../audit/entry.ts';
import type { Sql } from '../client.ts';
import { enqueueStockJobs, type StockedProduct } from './stocked-product.ts';

/** The most units of one product. */
export const MAX_UNITS = 1_000_000_000;

/**
 * Adds units to a product, or removes units that are neither held nor sold; audited with the stock before and after.
 * @returns undefined if the stock would fall below the held and sold units, or exceed `MAX_UNITS`
 */
export async function restockProduct(
  sql: Sql,
  { id, delta }: { id: string; delta: number },
  entry: Omit<AuditEntry, 'before' | 'after'>,
): Promise<StockedProduct | undefined> {
  const [product] = await sql<StockedProduct[]>`
    with changed as (
      update inventory
      set stock = stock + ${delta}::int, available = available + ${delta}::int, version = version + 1
      where product_id = ${id} and available + ${delta}::bigint >= 0 and stock + ${delta}::bigint <= ${MAX_UNITS}
      returning *
    ), rooms as (
      select p.room_id as id from changed join products p on p.id = changed.product_id
    ), ${enqueueStockJobs(sql, entry.at)}, audited as (
      insert into audit (at, actor, role, action, target, before, after, request_id)
      select
        ${entry.at}::timestamptz, ${entry.actor}, ${entry.role}, ${entry.action}, ${entry.target},
        jsonb_build_object('stock', stock - ${delta}::int, 'available', available - ${delta}::int),
        jsonb_build_object('stock', stock, 'available', available), ${entry.request_id}
      from changed
    )
    select p.*, changed.stock, changed.available, changed.held, changed.sold
    from changed join products p on p.id = changed.product_id`;
  return product;
}
