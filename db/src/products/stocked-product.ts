import type { Sql } from '../client.ts';
import type { Inventory, Product } from '../schema/catalog.ts';

/** A product and its units. */
export type StockedProduct = Product & Pick<Inventory, 'stock' | 'available' | 'held' | 'sold'>;

/** What of a product an operator may change. */
export type ProductSettings = Pick<
  Product,
  'name' | 'description' | 'price' | 'room_id' | 'per_customer_limit' | 'sale_starts_at' | 'sale_ends_at'
>;

/** CTE `told`: the rooms that CTE `rooms` (id) names learn the new figures. */
export const tellRooms = (sql: Sql, now: Date) => sql`
  told as (
    insert into outbox (queue, name, payload, created_at)
    select 'slots', 'slots.settle', jsonb_build_object('room', id), ${now}::timestamptz
    from rooms where id is not null
  )`;
