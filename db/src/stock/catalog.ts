import type { Sql } from '../client.ts';
import type { Inventory, Product } from '../schema/catalog.ts';

export type CatalogProduct = Pick<
  Product,
  | 'id'
  | 'name'
  | 'description'
  | 'price'
  | 'currency'
  | 'room_id'
  | 'per_customer_limit'
  | 'sale_starts_at'
  | 'sale_ends_at'
> &
  Pick<Inventory, 'stock' | 'available' | 'held'>;

/** Every product with its units: one query for the whole catalogue. */
export async function readCatalog(sql: Sql): Promise<CatalogProduct[]> {
  return await sql<CatalogProduct[]>`
    select p.id, p.name, p.description, p.price, p.currency, p.room_id, p.per_customer_limit,
      p.sale_starts_at, p.sale_ends_at,
      i.stock, i.available, i.held
    from products p join inventory i on i.product_id = p.id
    order by p.id`;
}
