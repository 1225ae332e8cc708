import type { Sql } from '../client.ts';

/**
 * CTEs `units` and `counted` (and `lines`): the rows of inventory and purchase_counts of all items of the orders in CTE `of`, locked in
 * the order of their products, each with the item's `quantity`. Whoever updates them sets every figure from here: an
 * update by itself would compute, and check, from the row as the statement first saw it. `lines` is materialised, because
 * a locked row that has changed is joined anew, and in a join with the view (a UNION ALL) Postgres then loses rows.
 */
export const lockUnits = (sql: Sql, of: string) => sql`
  lines as materialized (
    select l.product_id, l.quantity, o.customer_key from ${sql(of)} o join order_lines l on l.order_id = o.id
  ), units as (
    select i.*, l.quantity, l.customer_key
    from lines l join inventory i on i.product_id = l.product_id
    order by i.product_id
    for no key update of i
  ), counted as (
    select c.*, u.quantity
    from units u join purchase_counts c on c.product_id = u.product_id and c.customer_key = u.customer_key
    for no key update of c
  )`;
