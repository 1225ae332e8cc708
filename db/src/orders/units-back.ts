import type { Sql } from '../client.ts';

/** CTEs `units` and `counts`: what the orders of CTE `ended` held or had bought is available again. */
export const unitsBack = (sql: Sql, from: 'held' | 'sold') => sql`
  units as (
    update inventory i
    set available = i.available + e.quantity, ${sql(from)} = i.${sql(from)} - e.quantity, version = i.version + 1
    from ended e
    where i.product_id = e.product_id
    returning e.product_id, e.customer_key, e.quantity
  ), counts as (
    update purchase_counts c
    set units = c.units - u.quantity
    from units u
    where c.product_id = u.product_id and c.customer_key = u.customer_key
  )`;
