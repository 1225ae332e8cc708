import type { EmailTemplate } from '@shopfast/kit/contracts/jobs';
import type { Sql } from '../client.ts';
import { violates } from '../postgres-error.ts';

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

/**
 * Assignments for an update of purchase_counts `c`, from a row with the order's `quantity` and `email_verified`: `u` in
 * a direct update, `k` for the locked row of the counts. Unpaid units without a claim are older than claims, and were
 * counted as firm.
 */
type By = 'u' | 'k';

/** An unpaid order ends: its claimed or held units are free again. */
const freeHeld = (sql: Sql, by: By) => sql`
  claimed_units = ${counts(sql, by)}.claimed_units - ${claimOf(sql, by)},
  units = ${counts(sql, by)}.units - (${sql(by)}.quantity - ${claimOf(sql, by)})`;

/** An unpaid order is paid: its claim becomes firm. */
export const makeFirm = (sql: Sql, by: By) => sql`
  claimed_units = ${counts(sql, by)}.claimed_units - ${claimOf(sql, by)},
  units = ${counts(sql, by)}.units + ${claimOf(sql, by)}`;

/**
 * An order that ended unpaid buys after all. It has no claim any more, so it gets only units that no other claim needs.
 */
export const buyLate = (sql: Sql) => sql`
  claimed_units = case when k.units + k.claimed_units + k.quantity <= k.max_units then k.claimed_units else -1 end,
  units = k.units + k.quantity`;

const claimOf = (sql: Sql, by: By) => sql`
  case when ${sql(by)}.email_verified then 0 else least(${counts(sql, by)}.claimed_units, ${sql(by)}.quantity) end`;

const counts = (sql: Sql, by: By) => sql(by === 'k' ? 'k' : 'c');

/** CTE `follow_up`: for each order of CTE `ended` or `paid`, jobs for its mail and for the room's new stock figures. */
export const followUp = (sql: Sql, orders: 'ended' | 'paid', template: EmailTemplate, now: Date) => sql`
  follow_up as (
    insert into outbox (queue, name, payload, created_at)
    select job.queue, job.name, job.payload, ${now}::timestamptz
    from ${sql(orders)} o cross join lateral (values
      ('email', 'email.send', jsonb_build_object('order_id', o.id, 'template', ${template}::text)),
      ('slots', 'slots.settle', jsonb_build_object('room', o.room_id))
    ) as job (queue, name, payload)
  )`;
