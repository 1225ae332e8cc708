import type { Sql } from '../client.ts';
import type { Order } from '../schema/orders.ts';

/** Minor units of the order's currency. */
export type OrderItem = { product_id: string; quantity: number; unit_price: number };
export type OrderWithItems = Order & { items: OrderItem[] };

/** All items of order `o` in a query. */
export const itemsOf = (sql: Sql) => sql`
  (select jsonb_agg(
      jsonb_build_object('product_id', l.product_id, 'quantity', l.quantity, 'unit_price', l.unit_price)
      order by l.product_id)
    from order_lines l where l.order_id = o.id)`;
