import type { Sql } from '../client.ts';
import type { Locking } from './move-units.ts';

/**
 * CTE `current`: payment and order, locked. Every transition starts with it, so that transitions of one order run one
 * after the other, each on the result of the one before. Lock order everywhere: payments, orders, inventory by product,
 * purchase_counts. Empty for an order that cannot use `optimistic` locking.
 */
export const lockOrder = (sql: Sql, orderId: string, locking: Locking = 'pessimistic') => sql`
  current as (
    select o.*, p.state as payment_state, p.provider_id as payment_provider_id
    from payments p join orders o on o.id = p.order_id
    where p.order_id = ${orderId}
      ${locking === 'optimistic' ? sql`and not exists (select from order_items where order_id = ${orderId})` : sql``}
    for no key update of p, o
  )`;
