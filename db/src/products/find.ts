import type { Sql } from '../client.ts';
import type { StockedProduct } from './stocked-product.ts';

/** A product with its current units. */
export async function findProduct(sql: Sql, id: string): Promise<StockedProduct | undefined> {
  const [product] = await sql<StockedProduct[]>`
    select p.*, i.stock, i.available, i.held, i.sold
    from products p join inventory i on i.product_id = p.id where p.id = ${id}`;
  return product;
}
