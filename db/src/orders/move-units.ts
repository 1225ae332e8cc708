import type { Sql } from '../client.ts';
import { violates } from '../postgres-error.ts';

/**
 * How a transition moves the units of its order. `optimistic`: by an update alone, for orders of one product, which are nearly
 * all. `pessimistic`: the rows are locked first, in the order of their products, and every figure is set from the locked rows.
 *
 * An update alone computes its row, and checks constraints on it, from what its statement first saw, before it learns
 * that another one was faster. Then a refund, say, seems to give back what was never sold, though the sale is just done.
 */
export type Locking = 'optimistic' | 'pessimistic';

const UNITS = [
  'inventory_available_not_negative',
  'inventory_held_not_negative',
  'inventory_sold_not_negative',
  'inventory_conserved',
  'purchase_limit',
];

/** Runs a transition, the fast way if it can be done so: no row back from `optimistic` means that it cannot. */
export async function moveUnits<Row>(
  run: (locking: Locking) => Promise<Row | undefined>,
): Promise<Row | undefined> {
  const optimistic = await run('optimistic').catch((error: unknown) => {
    if (UNITS.some((constraint) => violates(error, constraint))) return undefined;
    throw error;
  });
  return optimistic ?? (await run('pessimistic'));
}

/**
 * CTEs `units` and `counted` (and `lines`): the rows of inventory and purchase_counts of all items of the orders in CTE
 * `of`, locked, each with the item's `quantity`. `lines` is materialised, because a locked row that has changed is joined
 * anew, and in a join with a UNION ALL Postgres then loses rows.
 */
export const lockUnits = (sql: Sql, of: string) => sql`
  lines as materialized (
    select product_id, quantity, customer_key, email_verified from ${sql(of)}
    union all
    select l.product_id, l.quantity, o.customer_key, o.email_verified from ${sql(of)} o join order_items l on l.order_id = o.id
  ), units as (
    select i.*, l.quantity, l.customer_key, l.email_verified
    from lines l join inventory i on i.product_id = l.product_id
    order by i.product_id
    for no key update of i
  ), counted as (
    select c.*, u.quantity, u.email_verified
    from units u join purchase_counts c on c.product_id = u.product_id and c.customer_key = u.customer_key
    for no key update of c
  )`;
