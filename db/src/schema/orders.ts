import { type Destination, LATE_PAYMENTS, ORDER_STATES } from '@shopfast/kit/contracts/api';
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  char,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  pgView,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { users } from './accounts.ts';
import { products } from './catalog.ts';
import { instant } from './columns.ts';
import { OPEN_PAYMENTS, PAYMENT_STATES } from './values.ts';

export type { PaymentState } from './values.ts';

const oneOf = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '));

export const orders = pgTable(
  'orders',
  {
    id: uuid().primaryKey(),
    /** The first item, so that an order of one product takes one row. Further items are in `order_items`. */
    product_id: text()
      .notNull()
      .references(() => products.id),
    quantity: integer().notNull(),
    /** Minor units of `currency`, at the time of the order. */
    unit_price: integer().notNull(),
    tax: bigint({ mode: 'number' }).notNull().default(0),
    shipping: bigint({ mode: 'number' }).notNull().default(0),
    /** The amount to charge: all items, tax and shipping. */
    total: bigint({ mode: 'number' }).notNull(),
    currency: char({ length: 3 }).notNull(),
    email: text().notNull(),
    /** The e-mail address as normalised for the purchase limit; see kit/src/mailbox.ts. */
    customer_key: text().notNull(),
    /** Placed by the account that has verified this address: its units count before they are paid. */
    email_verified: boolean().notNull().default(false),
    /** The account; null after the account was deleted, because orders stay for accounting. */
    user_id: uuid().references(() => users.id, { onDelete: 'set null' }),
    /**
     * The account with this address that said this guest order is not its own. No reference: it outlives the account.
     */
    disowned_by: uuid(),
    room_id: text().notNull(),
    ticket_id: text().notNull(),
    /** The reservation token of this order: a token buys once. */
    jti: text().notNull().unique('orders_jti_once'),
    /** The shopper's number in the room. */
    number: integer().notNull(),
    idempotency_key: text(),
    /** SHA-256 of the request body, to distinguish a repeated request from another one. */
    request_hash: text().notNull(),
    state: text({ enum: ORDER_STATES }).notNull().default('pending_payment'),
    hold_until: instant().notNull(),
    /** When it left `pending_payment`. */
    ended_at: instant(),
    /** The money arrived after the end: it bought what was still available, or it is refunded. */
    late_payment: text({ enum: LATE_PAYMENTS }),
    created_at: instant().notNull(),
    updated_at: instant().notNull(),
    locale: text(),
    /** The destination for which tax and shipping were computed. */
    destination: jsonb().$type<Destination>(),
  },
  (t) => [
    check('orders_quantity_positive', sql`${t.quantity} > 0`),
    check('orders_state_known', sql`${t.state} in (${oneOf(ORDER_STATES)})`),
    check('orders_late_payment_known', sql`${t.late_payment} in (${oneOf(LATE_PAYMENTS)})`),
    check('orders_extras_not_negative', sql`${t.tax} >= 0 and ${t.shipping} >= 0`),
    index('orders_pending_by_hold').on(t.hold_until).where(sql`${t.state} = 'pending_payment'`),
    index('orders_by_user').on(t.user_id, t.created_at, t.id).where(sql`${t.user_id} is not null`),
    index('orders_of_guests').on(sql`lower(${t.email})`).where(sql`${t.user_id} is null`),
  ],
);
export type Order = typeof orders.$inferSelect;

/** The items of an order beyond its first one. */
export const orderItems = pgTable(
  'order_items',
  {
    order_id: uuid()
      .notNull()
      .references(() => orders.id),
    product_id: text()
      .notNull()
      .references(() => products.id),
    quantity: integer().notNull(),
    /** Minor units of the order's currency. */
    unit_price: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.order_id, t.product_id] }),
    check('order_items_quantity_positive', sql`${t.quantity} > 0`),
  ],
);

/** Every item of every order. */
export const orderLines = pgView('order_lines', {
  order_id: uuid().notNull(),
  product_id: text().notNull(),
  quantity: integer().notNull(),
  unit_price: integer().notNull(),
}).as(sql`
  select id as order_id, product_id, quantity, unit_price from orders
  union all
  select order_id, product_id, quantity, unit_price from order_items`);

/**
 * How many units of one product a customer holds or has bought; the CHECK is the purchase limit. Units of unpaid orders
 * with an unverified address are only claimed: they count against each other, never against the owner of the address.
 */
export const purchaseCounts = pgTable(
  'purchase_counts',
  {
    product_id: text()
      .notNull()
      .references(() => products.id),
    customer_key: text().notNull(),
    /** Paid, or held by the account that has verified the address. */
    units: integer().notNull(),
    claimed_units: integer().notNull().default(0),
    max_units: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.product_id, t.customer_key] }),
    check('purchase_limit', sql`${t.units} between 0 and ${t.max_units} and ${t.claimed_units} >= 0`),
  ],
);

export const payments = pgTable(
  'payments',
  {
    order_id: uuid()
      .primaryKey()
      .references(() => orders.id),
    /** The payment provider; null until a payment is started. */
    provider: text(),
    /** The provider's id of the payment, once known. */
    provider_id: text(),
    payment_method: text().notNull(),
    /** Minor units of `currency`. */
    amount: bigint({ mode: 'number' }).notNull(),
    currency: char({ length: 3 }).notNull(),
    state: text({ enum: PAYMENT_STATES }).notNull().default('new'),
    attempts: integer().notNull().default(0),
    last_error: text(),
    /** Minor units; how much of `amount` was refunded, in parts or as a whole. */
    refunded_amount: bigint({ mode: 'number' }).notNull().default(0),
    /** Where the shopper completes a 3-D Secure step; only while one is required. */
    action_url: text(),
    updated_at: instant().notNull(),
  },
  (t) => [
    check('payments_state_known', sql`${t.state} in (${oneOf(PAYMENT_STATES)})`),
    index('payments_open_by_update')
      .on(t.updated_at)
      .where(sql`${t.state} in (${oneOf(OPEN_PAYMENTS)})`),
  ],
);
export type Payment = typeof payments.$inferSelect;

/** Webhook events of the payment provider, each stored once and only after verification. */
export const paymentEvents = pgTable('payment_events', {
  /** The provider's event id. */
  id: text().primaryKey(),
  type: text().notNull(),
  payload: jsonb().notNull().$type<Record<string, unknown>>(),
  received_at: instant().notNull(),
  handled_at: instant(),
});
export type PaymentEvent = typeof paymentEvents.$inferSelect;
