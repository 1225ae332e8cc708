import { type AuditEntry, auditChange } from './audit.ts';
import type { Sql } from './client.ts';
import type { Inventory, Product } from './schema/catalog.ts';

/** A product and its units. */
export type StockedProduct = Product & Pick<Inventory, 'stock' | 'available' | 'held' | 'sold'>;

/** The fields of a product that an operator may change. */
export type ProductSettings = Pick<
  Product,
  'name' | 'description' | 'price' | 'room_id' | 'per_customer_limit' | 'sale_starts_at' | 'sale_ends_at'
>;

/** CTE `stock_jobs`: sends the new figures to the rooms that CTE `rooms` (id) names. */
export const enqueueStockJobs = (sql: Sql, now: Date) => sql`
  stock_jobs as (
    insert into outbox (queue, name, payload, created_at)
    select 'slots', 'slots.settle', jsonb_build_object('room', id), ${now}::timestamptz
    from rooms where id is not null
  )`;

/** A product with its current units. */
export async function findProduct(sql: Sql, id: string): Promise<StockedProduct | undefined> {
  const [product] = await sql<StockedProduct[]>`
    select p.*, i.stock, i.available, i.held, i.sold
    from products p join inventory i on i.product_id = p.id where p.id = ${id}`;
  return product;
}

/** All products, by id; `after` is the last id of the previous page. */
export async function listProducts(
  sql: Sql,
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<StockedProduct[]> {
  return await sql<StockedProduct[]>`
    select p.*, i.stock, i.available, i.held, i.sold
    from products p join inventory i on i.product_id = p.id
    where p.id > ${after ?? ''} order by p.id limit ${limit}`;
}

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
