import type { Sql } from '../client.ts';
import { lockUnits } from './lock-units.ts';

/** CTEs: what the orders of CTE `ended` held or had bought is available again. */
export const unitsBack = (sql: Sql, from: 'held' | 'sold') => sql`
  ${lockUnits(sql, 'ended')}, given_back as (
    update inventory i
    set stock = u.stock, available = u.available + u.quantity, version = u.version + 1,
      held = u.held - ${from === 'held' ? sql`u.quantity` : sql`0`},
      sold = u.sold - ${from === 'sold' ? sql`u.quantity` : sql`0`}
    from units u
    where i.product_id = u.product_id
  ), counts as (
    update purchase_counts c
    set units = k.units - k.quantity
    from counted k
    where c.product_id = k.product_id and c.customer_key = k.customer_key
  )`;
