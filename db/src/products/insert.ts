import { type AuditEntry, auditChange } from '../audit/entry.ts';
import type { Sql } from '../client.ts';
import { enqueueStockJobs, type ProductSettings, type StockedProduct } from './stocked-product.ts';

export type NewProduct = ProductSettings & { id: string; currency: string; stock: number };

/** Creates a product with its stock, audited. @returns undefined if the id is taken */
export async function insertProduct(
  sql: Sql,
  product: NewProduct,
  entry: AuditEntry,
): Promise<StockedProduct | undefined> {
  const { stock, ...row } = product;
  const [made] = await sql<StockedProduct[]>`
    with changed as (
      insert into products (
        id, name, description, price, currency, room_id, per_customer_limit, sale_starts_at, sale_ends_at, created_at,
        updated_at
      ) values (
        ${row.id}, ${row.name}, ${row.description}, ${row.price}, ${row.currency}, ${row.room_id},
        ${row.per_customer_limit}, ${row.sale_starts_at}, ${row.sale_ends_at}, ${entry.at}, ${entry.at}
      )
      on conflict (id) do nothing
      returning *
    ), units as (
      insert into inventory (product_id, stock, available, version)
      select id, ${stock}::int, ${stock}::int, 1 from changed
    ), rooms as (select room_id as id from changed), ${enqueueStockJobs(sql, entry.at)}, ${auditChange(sql, entry)}
    select changed.*, ${stock}::int as stock, ${stock}::int as available, 0 as held, 0 as sold from changed`;
  return made;
}
