import type { Sql } from '../client.ts';
import { freeHeld } from './count-units.ts';
import { type Locking, lockUnits } from './move-units.ts';

/** CTEs: the held or sold units of the orders in CTE `ended` become available again. */
export const releaseUnits = (sql: Sql, from: 'held' | 'sold', locking: Locking) =>
  locking === 'optimistic' ? direct(sql, from) : locked(sql, from);

const direct = (sql: Sql, from: 'held' | 'sold') => sql`
  units as (
    update inventory i
    set available = i.available + e.quantity, ${sql(from)} = i.${sql(from)} - e.quantity, version = i.version + 1
    from ended e
    where i.product_id = e.product_id
    returning e.product_id, e.customer_key, e.quantity, e.email_verified
  ), counts as (
    update purchase_counts c
    set ${from === 'held' ? freeHeld(sql, 'u') : sql`units = c.units - u.quantity`}
    from units u
    where c.product_id = u.product_id and c.customer_key = u.customer_key
  )`;

const locked = (sql: Sql, from: 'held' | 'sold') => sql`
  ${lockUnits(sql, 'ended')}, given_back as (
    update inventory i
    set stock = u.stock, available = u.available + u.quantity, version = u.version + 1,
      held = u.held - ${from === 'held' ? sql`u.quantity` : sql`0`},
      sold = u.sold - ${from === 'sold' ? sql`u.quantity` : sql`0`}
    from units u
    where i.product_id = u.product_id
  ), counts as (
    update purchase_counts c
    set ${from === 'held' ? freeHeld(sql, 'k') : sql`units = k.units - k.quantity`}
    from counted k
    where c.product_id = k.product_id and c.customer_key = k.customer_key
  )`;
