import type { Sql } from '../client.ts';
import { violates } from '../postgres-error.ts';
import type { Order } from '../schema/orders.ts';
import { customerKey } from './customer-key.ts';
import { whyRefused } from './why-refused.ts';

export type Purchase = {
  orderId: string;
  /** The reservation token that pays for the place: id, ticket, room and number out of its claims. */
  jti: string;
  ticketId: string;
  room: string;
  number: number;
  productId: string;
  quantity: number;
  email: string;
  /** Of an account; null for a guest. */
  userId: string | null;
  /** Of a session whose user is not known yet; the statement looks it up, and ignores one that has ended. */
  sessionToken?: string | null;
  paymentMethod: string;
  idempotencyKey: string | null;
  requestHash: string;
  locale: string | null;
  holdUntil: Date;
  now: Date;
};

export type PurchaseResult =
  | { outcome: 'placed'; order: Order }
  /** The token has bought this order before; nothing happened now. */
  | { outcome: 'duplicate'; order: Order }
  /** The token was withdrawn, or given back, before this purchase started. */
  | { outcome: 'revoked' }
  | { outcome: 'sold_out' }
  | { outcome: 'purchase_limit' };

/**
 * Buys: takes the units, spends the token, counts them for the customer, and writes order, payment and the jobs that
 * follow, or nothing at all. One statement, one round trip when it succeeds.
 * @throws what Postgres throws when it is away; then the order may exist, and repeating the same purchase tells.
 */
export async function purchase(sql: Sql, request: Purchase): Promise<PurchaseResult> {
  try {
    const [order] = await placeOrder(sql, request);
    if (order) return { outcome: 'placed', order };
  } catch (error) {
    if (violates(error, 'purchase_limit')) return { outcome: 'purchase_limit' };
    if (!violates(error, 'orders_jti_once')) throw error;
  }
  const { earlier, revoked } = await whyRefused(sql, request.jti);
  if (earlier) return { outcome: 'duplicate', order: earlier };
  return { outcome: revoked ? 'revoked' : 'sold_out' };
}

/** Whose order it is, as a value inside the one statement; null for a guest, and when the account or session has ended. */
function buyer(sql: Sql, { userId, sessionToken, now }: Purchase) {
  if (userId !== null) return sql`(select id from users where id = ${userId})`;
  if (!sessionToken) return sql`null::uuid`;
  return sql`(select user_id from sessions where token = ${sessionToken} and expires_at > ${now}::timestamptz)`;
}

/**
 * Everything hangs on `stock`: no row there, no row anywhere. Two purchases meet at the inventory row; the second
 * waits and then sees `available` as the first left it. A violated constraint further down (a spent token, the
 * limit) aborts the whole statement, which gives the units back. Locks: inventory, then purchase_counts.
 *
 * A revocation that commits while this statement is under way (waiting for the inventory row, say) is not seen by it:
 * the order then came first. Every statement that starts after the commit sees it.
 */
function placeOrder(sql: Sql, r: Purchase) {
  return sql<Order[]>`
    with stock as (
      update inventory i
      set available = i.available - ${r.quantity}::int, held = i.held + ${r.quantity}::int, version = i.version + 1
      from products p
      where i.product_id = ${r.productId} and p.id = i.product_id and p.room_id = ${r.room}
        and i.available >= ${r.quantity}::int
        and not exists (select from orders where jti = ${r.jti})
        and not exists (select from revoked_tokens where jti = ${r.jti})
      returning p.id as product_id, p.room_id, p.price, p.currency, p.per_customer_limit
    ), placed as (
      insert into orders (
        id, product_id, quantity, unit_price, total, currency, email, customer_key, user_id, room_id, ticket_id, jti,
        number, idempotency_key, request_hash, hold_until, created_at, updated_at, locale
      )
      select
        ${r.orderId}::uuid, product_id, ${r.quantity}::int, price, price::bigint * ${r.quantity}::int, currency,
        ${r.email}, ${customerKey(r.email)}, ${buyer(sql, r)}, room_id, ${r.ticketId}, ${r.jti},
        ${r.number}::int, ${r.idempotencyKey}, ${r.requestHash}, ${r.holdUntil}::timestamptz,
        ${r.now}::timestamptz, ${r.now}::timestamptz, ${r.locale}
      from stock
      returning *
    ), payment as (
      insert into payments (order_id, provider, payment_method, amount, currency, updated_at)
      select id, 'stripe', ${r.paymentMethod}, total, currency, created_at from placed
    ), counted as (
      insert into purchase_counts as c (product_id, customer_key, units, max_units)
      select stock.product_id, placed.customer_key, placed.quantity, stock.per_customer_limit
      from stock cross join placed
      on conflict (product_id, customer_key)
        do update set units = c.units + excluded.units, max_units = excluded.max_units
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
    select * from placed`;
}
