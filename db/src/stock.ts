import type { Sql } from './client.ts';
import type { Inventory, Product } from './schema/catalog.ts';

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

export type StockFigures = { remaining: number; held: number; sold: number; version: number };

/**
 * The units of a room over all its products. `version` counts the changes of all products of the installation. So it
 * only grows, also when a product moves to another room, and two different figures of a room never share a version.
 */
export async function stockFigures(sql: Sql, room: string): Promise<StockFigures> {
  const [row] = await sql<StockFigures[]>`
    select
      coalesce(sum(i.available) filter (where p.room_id = ${room}), 0)::bigint as remaining,
      coalesce(sum(i.held) filter (where p.room_id = ${room}), 0)::bigint as held,
      coalesce(sum(i.sold) filter (where p.room_id = ${room}), 0)::bigint as sold,
      coalesce(sum(i.version), 0)::bigint as version
    from products p join inventory i on i.product_id = p.id`;
  return row!;
}

/** The same for every room with a product, in one statement. */
export async function stockFiguresOfAll(sql: Sql): Promise<(StockFigures & { room: string })[]> {
  return await sql<(StockFigures & { room: string })[]>`
    select p.room_id as room, sum(i.available)::bigint as remaining, sum(i.held)::bigint as held,
      sum(i.sold)::bigint as sold, (select sum(version) from inventory)::bigint as version
    from products p join inventory i on i.product_id = p.id
    where p.room_id is not null
    group by p.room_id order by p.room_id`;
}
