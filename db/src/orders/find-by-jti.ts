import type { Sql } from '../client.ts';
import type { Order } from '../schema/orders.ts';

/** The order that a reservation token bought, if it was spent. */
export async function findOrderByJti(sql: Sql, jti: string): Promise<Order | undefined> {
  const [order] = await sql<Order[]>`select * from orders where jti = ${jti}`;
  return order;
}
