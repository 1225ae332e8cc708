import type { Sql } from '../client.ts';
import type { StockedProduct } from './stocked-product.ts';

/** All products, by id; `after` is the last id of the previous page. */
export async function listProducts(
  sql: Sql,
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<StockedProduct[]> {
  return await sql<StockedProduct[]>`
    select p.*, i.stock, i.available, i.held, i.sold
    from products p join inventory i on i.product_id = p.id
    where p.id > ${after ?? ''} order by p.id limit ${limit}`;
}
