import type { Destination } from '@shopfast/kit/contracts/api';
import { mailboxOf } from '@shopfast/kit/mailbox';
import type { Sql } from '../client.ts';
import { violates } from '../postgres-error.ts';
import type { Order } from '../schema/orders.ts';
import type { OrderItem, OrderWithItems } from './find.ts';
import { type Refusal, refusalReason, roomSells } from './refusal.ts';

export type WantedItem = {
  productId: string;
  quantity: number;
  /** The unit price, minor units, for which tax and shipping were computed; null: the current price. */
  quotedPrice: number | null;
};

export type Purchase = {
  orderId: string;
  /** The reservation token of this purchase: id, ticket, room and number from its claims. */
  jti: string;
  ticketId: string;
  room: string;
  /** The room's generation in which the token was issued. */
  epoch: number;
  number: number;
  /** Different products of one currency. */
  items: [WantedItem, ...WantedItem[]];
  /** Minor units, for the whole order. */
  tax: number;
  shipping: number;
  destination: Destination | null;
  email: string;
  /** The account; null for a guest. */
  userId: string | null;
  /** A session whose user is not known yet. The statement looks the user up, and ignores an ended session. */
  sessionToken?: string | null;
  paymentMethod: string;
  idempotencyKey: string | null;
  requestHash: string;
  locale: string | null;
  holdUntil: Date;
  now: Date;
};

export type PurchaseResult =
  | { outcome: 'placed'; order: OrderWithItems }
  /** The token has already bought this order; nothing changed. */
  | { outcome: 'duplicate'; order: OrderWithItems }
  /** The customer would exceed the purchase limit of one of the products. */
  | { outcome: 'purchase_limit' }
  | Refusal;

/**
 * Buys in one transaction: takes the units of all items, spends the token, counts the units for the customer, and
 * writes order, payment and follow-up jobs, or nothing at all. One statement, one round trip on success.
 * @throws Postgres errors when it is unavailable; the order may then exist, and repeating the same purchase finds it
 */
export async function purchase(sql: Sql, request: Purchase): Promise<PurchaseResult> {
  try {
    const [order] = await placeOrder(sql, request);
    if (order) return { outcome: 'placed', order: { ...order, items: order.items ?? [onlyItem(order)] } };
  } catch (error) {
    if (violates(error, 'purchase_limit')) return { outcome: 'purchase_limit' };
    if (!violates(error, 'orders_jti_once')) throw error;
  }
  return refusalReason(sql, request);
}

const onlyItem = ({ product_id, quantity, unit_price }: Order): OrderItem => ({
  product_id,
  quantity,
  unit_price,
});

/** The buyer as a value in the statement; null for a guest, and when the account or session no longer exists. */
function buyer(sql: Sql, { userId, sessionToken, now }: Purchase) {
  if (userId !== null) return sql`(select id from users where id = ${userId})`;
  if (!sessionToken) return sql`null::uuid`;
  return sql`(select user_id from sessions where token = ${sessionToken} and expires_at > ${now}::timestamptz)`;
}

/**
 * Whether the buyer's account has verified this address. The owner of a mailbox has priority over anybody who typed it.
 */
function isOwnersAddress(sql: Sql, r: Purchase) {
  if (r.userId === null && !r.sessionToken) return sql`false`;
  return sql`exists (
    select from users where id = ${buyer(sql, r)} and email_verified and email = lower(${r.email}))`;
}

/**
 * All other parts depend on `stock`: without a row there, no row is written. A constraint violation further down (a
 * spent token, the limit) aborts the whole statement and so returns the units. Locks: inventory by product, then
 * purchase_counts.
 *
 * A revocation that commits while this statement runs (for example, while it waits for the inventory row) is not seen:
 * the order then came first. Every statement that starts after the commit sees it.
 */
function placeOrder(sql: Sql, r: Purchase) {
  return sql<(Order & { items?: OrderItem[] })[]>`
    with ${takeUnits(sql, r)}, placed as (
      insert into orders (
        id, product_id, quantity, unit_price, tax, shipping, total, currency, email, customer_key, email_verified, user_id, room_id,
        ticket_id, jti, number, idempotency_key, request_hash, hold_until, created_at, updated_at, locale, destination
      )
      select
        ${r.orderId}::uuid, product_id, quantity, price, ${r.tax}::bigint, ${r.shipping}::bigint,
        subtotal + ${r.tax}::bigint + ${r.shipping}::bigint, currency, ${r.email}, ${mailboxOf(r.email)},
        ${isOwnersAddress(sql, r)}, ${buyer(sql, r)}, ${r.room}, ${r.ticketId}, ${r.jti}, ${r.number}::int, ${r.idempotencyKey}, ${r.requestHash},
        ${r.holdUntil}::timestamptz, ${r.now}::timestamptz, ${r.now}::timestamptz, ${r.locale},
        ${r.destination === null ? null : sql.json(r.destination)}::jsonb
      from stock ${r.items.length > 1 ? sql`order by product_id limit 1` : sql``}
      returning *
    ), ${r.items.length > 1 ? furtherItems(sql) : sql``} payment as (
      insert into payments (order_id, payment_method, amount, currency, updated_at)
      select id, ${r.paymentMethod}, total, currency, created_at from placed
    ), counted as (
      -- Below zero stands for one claim too many: the CHECK refuses it.
      insert into purchase_counts as c (product_id, customer_key, units, claimed_units, max_units)
      select stock.product_id, placed.customer_key, case when placed.email_verified then stock.quantity else 0 end,
        case when placed.email_verified then 0
          when stock.quantity <= stock.per_customer_limit then stock.quantity else -1 end,
        stock.per_customer_limit
      from stock cross join placed
      on conflict (product_id, customer_key) do update
      set units = c.units + excluded.units, max_units = excluded.max_units,
        claimed_units = case
          when excluded.claimed_units = 0 then c.claimed_units
          when c.units + c.claimed_units + excluded.claimed_units <= excluded.max_units
            then c.claimed_units + excluded.claimed_units
          else -1
        end
    ), jobs as (
      insert into outbox (queue, name, payload, delay_until, created_at)
      select job.queue, job.name, job.payload, job.delay_until, placed.created_at
      from placed cross join lateral (values
        ('payment', 'payment.charge', jsonb_build_object('order_id', placed.id), null::timestamptz),
        ('email', 'email.send', jsonb_build_object('order_id', placed.id, 'template', 'order_received'), null),
        ('holds', 'holds.expire',
          jsonb_build_object('order_id', placed.id, 'hold_until', ${r.holdUntil.toISOString()}::text),
          placed.hold_until),
        ('slots', 'slots.settle', jsonb_build_object('room', placed.room_id, 'jti', placed.jti), null)
      ) as job (queue, name, payload, delay_until)
    )
    select placed.* ${r.items.length > 1 ? sql`, ${itemsOfStock(sql)} as items` : sql``} from placed`;
}

const itemsOfStock = (sql: Sql) => sql`(
  select jsonb_agg(
    jsonb_build_object('product_id', product_id, 'quantity', quantity, 'unit_price', price) order by product_id)
  from stock)`;

const furtherItems = (sql: Sql) => sql`
  further as (
    insert into order_items (order_id, product_id, quantity, unit_price)
    select placed.id, stock.product_id, stock.quantity, stock.price
    from stock join placed on placed.product_id <> stock.product_id
  ),`;

/** CTE `stock`: holds the units of all wanted items, one row each; or of none, and then it has no row. */
function takeUnits(sql: Sql, request: Purchase) {
  const [item, ...further] = request.items;
  return further.length === 0 ? takeOne(sql, request, item) : takeSeveral(sql, request);
}

/**
 * Concurrent purchases queue at the inventory row, and the second one sees `available` as the first left it. This is
 * the hot path: it takes no lock before that of the update.
 */
const takeOne = (sql: Sql, r: Purchase, item: WantedItem) => sql`
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
const takeSeveral = (sql: Sql, r: Purchase) => sql`
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

const onSale = (sql: Sql, r: Purchase) => sql`
  p.room_id = ${r.room}
    and (p.sale_starts_at is null or p.sale_starts_at <= ${r.now}::timestamptz)
    and (p.sale_ends_at is null or p.sale_ends_at > ${r.now}::timestamptz)`;

const tokenIsGood = (sql: Sql, r: Purchase) => sql`
  not exists (select from orders where jti = ${r.jti})
    and not exists (select from revoked_tokens where jti = ${r.jti})
    and exists (select from rooms where id = ${r.room} and epoch = ${r.epoch}::int and ${roomSells(sql)})`;
