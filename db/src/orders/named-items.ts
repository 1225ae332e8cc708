import type { Sql } from '../client.ts';

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
