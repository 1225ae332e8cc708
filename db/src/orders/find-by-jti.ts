import type { Sql } from '../client.ts';
import { itemsOf, type OrderWithItems } from './items.ts';

/** The order that a reservation token bought, if it was spent. */
export async function findOrderByJti(sql: Sql, jti: string): Promise<OrderWithItems | undefined> {
  const [order] = await sql<OrderWithItems[]>`
    select o.*, ${itemsOf(sql)} as items from orders o where jti = ${jti}`;
  return order;
}
