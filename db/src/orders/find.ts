import type { Sql } from '../client.ts';
import type { PaymentState } from '../schema/orders.ts';
import { itemsOf, type OrderWithItems } from './items.ts';

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
