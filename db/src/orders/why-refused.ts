import type { Sql } from '../client.ts';
import type { Order } from '../schema/orders.ts';

/** Why a purchase found no stock to take: the order that its token bought before, or whether the token was revoked. */
export async function whyRefused(
  sql: Sql,
  jti: string,
): Promise<{ earlier: Order | null; revoked: boolean }> {
  const [row] = await sql<(Order & { revoked: boolean })[]>`
    select orders.*, revoked_tokens.jti is not null as revoked
    from (select ${jti}::text as jti) as token
      left join orders on orders.jti = token.jti
      left join revoked_tokens on revoked_tokens.jti = token.jti`;
  if (!row) throw new Error('a select from one row gives one row');
  const { revoked, ...order } = row;
  return { earlier: order.id === null ? null : order, revoked };
}
