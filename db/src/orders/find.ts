import type { Sql } from '../client.ts';
import type { Order, PaymentState } from '../schema/orders.ts';

/** Minor units of the order's currency. */
export type OrderItem = { product_id: string; quantity: number; unit_price: number };
export type OrderWithItems = Order & { items: OrderItem[] };

/** All items of order `o` in a query. */
export const itemsOf = (sql: Sql) => sql`
  (select jsonb_agg(
      jsonb_build_object('product_id', l.product_id, 'quantity', l.quantity, 'unit_price', l.unit_price)
      order by l.product_id)
    from order_lines l where l.order_id = o.id)`;

export type FoundOrder = OrderWithItems & {
  /** Of the first item. */
  product_name: string;
  payment_state: PaymentState;
  payment_provider_id: string | null;
  action_url: string | null;
  /** Minor units; the amount refunded so far. */
  refunded_amount: number;
};

/**
 * An order, with the product and payment data that its page and its mails need.
 * @param session finds the order only if this active session belongs to its buyer
 */
export async function findOrder(
  sql: Sql,
  orderId: string,
  session?: { token: string; now: Date },
): Promise<FoundOrder | undefined> {
  const [order] = await findOrders(sql, [orderId], session);
  return order;
}

/** The same for several orders, in any order. */
export async function findOrders(
  sql: Sql,
  orderIds: string[],
  session?: { token: string; now: Date },
): Promise<FoundOrder[]> {
  const isBuyers = session
    ? sql`and o.user_id = (select user_id from sessions where token = ${session.token} and expires_at > ${session.now})`
    : sql``;
  return await sql<FoundOrder[]>`
    select o.*, ${itemsOf(sql)} as items, p.name as product_name,
      m.state as payment_state, m.provider_id as payment_provider_id, m.action_url,
      m.refunded_amount
    from orders o join products p on p.id = o.product_id join payments m on m.order_id = o.id
    where o.id = any(${orderIds}::uuid[]) ${isBuyers}`;
}

/** The order that a reservation token bought, if it was spent. */
export async function findOrderByJti(sql: Sql, jti: string): Promise<OrderWithItems | undefined> {
  const [order] = await sql<OrderWithItems[]>`
    select o.*, ${itemsOf(sql)} as items from orders o where jti = ${jti}`;
  return order;
}

/** The products of an order with their names, for its mails; the first item first. */
export async function namedItems(
  sql: Sql,
  orderId: string,
): Promise<{ product: string; quantity: number }[]> {
  return await sql<{ product: string; quantity: number }[]>`
    select p.name as product, l.quantity
    from order_lines l join products p on p.id = l.product_id
    where l.order_id = ${orderId} order by l.product_id`;
}
