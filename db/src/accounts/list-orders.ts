import type { Sql } from '../client.ts';
import { itemsOf, type OrderWithItems } from '../orders/items.ts';

/**
 * A user's orders, newest first.
 * @param before the last order of the previous page; another user's order gives an empty page
 */
export async function listOwnOrders(
  sql: Sql,
  { userId, before, limit }: { userId: string; before: string | null; limit: number },
): Promise<OrderWithItems[]> {
  return sql<OrderWithItems[]>`
    select o.*, ${itemsOf(sql)} as items from orders o
    where user_id = ${userId}
      and (${before}::uuid is null
        or (created_at, id) < (select created_at, id from orders where id = ${before}::uuid and user_id = ${userId}))
    order by created_at desc, id desc
    limit ${limit}`;
}
