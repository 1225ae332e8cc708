import type { Sql } from '../client.ts';
import { violates } from '../postgres-error.ts';

/**
 * How a transition moves the units of its order. `optimistic`: a plain update, for orders of one product, which are
 * nearly all. `pessimistic`: locks the rows first, ordered by product, and computes every figure from the locked rows.
 *
 * A plain update computes its row and checks constraints from the statement's first snapshot, before it sees a
 * concurrent change. Then, for example, a refund seems to return units that were never sold, although the sale has just
 * committed.
 */
export type Locking = 'optimistic' | 'pessimistic';

const UNITS = [
  'inventory_available_not_negative',
  'inventory_held_not_negative',
  'inventory_sold_not_negative',
  'inventory_conserved',
  'purchase_limit',
];

/** Runs a transition optimistically if possible. No row from `optimistic` means that it needs `pessimistic`. */
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
 * CTEs `units` and `counted` (and `lines`): the locked rows of inventory and purchase_counts for all items of the
 * orders in CTE `of`, each with the item's `quantity`. `lines` is materialised: Postgres joins a locked row again when
 * it has changed, and loses rows when that join contains a UNION ALL.
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
