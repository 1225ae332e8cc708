import type { Sql } from '../client.ts';

/**
 * CTE `current`: payment and order as they are now, locked. Every transition starts with it, so that transitions of
 * one order run one after the other, and each decides on what the one before left. Lock order everywhere:
 * payments, orders, inventory, purchase_counts.
 */
export const lockOrder = (sql: Sql, orderId: string) => sql`
  current as (
    select o.*, p.state as payment_state, p.provider_id as payment_provider_id
    from payments p join orders o on o.id = p.order_id
    where p.order_id = ${orderId}
    for no key update
  )`;
