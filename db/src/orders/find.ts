import type { Sql } from '../client.ts';
import type { Order, PaymentState } from '../schema/orders.ts';

export type FoundOrder = Order & {
  product_name: string;
  payment_state: PaymentState;
  payment_provider_id: string | null;
  action_url: string | null;
};

/** An order with what its page and its mails need of product and payment. */
export async function findOrder(sql: Sql, orderId: string): Promise<FoundOrder | undefined> {
  const [order] = await sql<FoundOrder[]>`
    select o.*, p.name as product_name, m.state as payment_state, m.provider_id as payment_provider_id, m.action_url
    from orders o join products p on p.id = o.product_id join payments m on m.order_id = o.id
    where o.id = ${orderId}`;
  return order;
}
