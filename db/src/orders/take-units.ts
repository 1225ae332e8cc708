import type { Sql } from '../client.ts';
import { roomSells } from '../rooms/sells.ts';
import type { Attempt } from './refusal-reason.ts';

/** CTE `stock`: holds the units of all wanted items, one row each; or of none, and then it has no row. */
export function takeUnits(sql: Sql, request: Attempt) {
  const [item, ...further] = request.items;
  return further.length === 0 ? takeOne(sql, request, item) : takeSeveral(sql, request);
}

/**
 * Concurrent purchases queue at the inventory row, and the second one sees `available` as the first left it. This is
 * the hot path: it takes no lock before that of the update.
 */
const takeOne = (sql: Sql, r: Attempt, item: Attempt['items'][number]) => sql`
  stock as (
    update inventory i
    set available = i.available - ${item.quantity}::int, held = i.held + ${item.quantity}::int, version = i.version + 1
    from products p
    where i.product_id = ${item.productId} and p.id = i.product_id and ${onSale(sql, r)}
      and (${item.quotedPrice}::int is null or p.price = ${item.quotedPrice}::int)
      and i.available >= ${item.quantity}::int and ${tokenIsGood(sql, r)}
    returning
      p.id as product_id, ${item.quantity}::int as quantity, p.price, p.currency, p.per_customer_limit,
      p.price::bigint * ${item.quantity}::int as subtotal
  )`;

/**
 * The rows are locked in the order of their products, not in the order of the request, so that purchases of the same
 * products cannot deadlock. The new figures come from the locked rows: a plain update computes and checks its row from
 * the statement's first snapshot, before it sees a concurrent change.
 */
const takeSeveral = (sql: Sql, r: Attempt) => sql`
  wanted as (
    select product_id, sum(quantity)::int as quantity, max(quoted_price) as quoted_price
    from unnest(
      ${r.items.map((item) => item.productId)}::text[], ${r.items.map((item) => item.quantity)}::int[],
      ${r.items.map((item) => item.quotedPrice)}::int[]) as w (product_id, quantity, quoted_price)
    group by product_id
  ), locked as (
    select i.*, w.quantity, p.price, p.currency, p.per_customer_limit
    from wanted w join inventory i on i.product_id = w.product_id join products p on p.id = i.product_id
    where ${onSale(sql, r)} and (w.quoted_price is null or p.price = w.quoted_price)
      and i.available >= w.quantity and ${tokenIsGood(sql, r)}
    order by i.product_id
    for no key update of i
  ), stock as (
    update inventory i
    set stock = l.stock, available = l.available - l.quantity, held = l.held + l.quantity, sold = l.sold,
      version = l.version + 1
    from locked l
    where i.product_id = l.product_id
      and (select count(*) = (select count(*) from wanted) and min(upper(currency)) = max(upper(currency)) from locked)
    returning
      l.product_id, l.quantity, l.price, l.currency, l.per_customer_limit,
      (select sum(price::bigint * quantity) from locked)::bigint as subtotal
  )`;

const onSale = (sql: Sql, r: Attempt) => sql`
  p.room_id = ${r.room}
    and (p.sale_starts_at is null or p.sale_starts_at <= ${r.now}::timestamptz)
    and (p.sale_ends_at is null or p.sale_ends_at > ${r.now}::timestamptz)`;

const tokenIsGood = (sql: Sql, r: Attempt) => sql`
  not exists (select from orders where jti = ${r.jti})
    and not exists (select from revoked_tokens where jti = ${r.jti})
    and exists (select from rooms where id = ${r.room} and epoch = ${r.epoch}::int and ${roomSells(sql)})`;
