import type { Sql } from '../client.ts';
import type { Inventory, Product } from '../schema/catalog.ts';

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
