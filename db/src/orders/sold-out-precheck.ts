import type { Sql } from '../client.ts';
import { roomSells } from '../rooms/sells.ts';

/** A purchase to check: a token, and a quantity of one product of a room. */
export type SoldOutQuery = { jti: string; room: string; epoch: number; productId: string; quantity: number };

/**
 * Checks many purchases at once for the plain answer "sold out": the product is on sale in their room and has too few
 * units left; the token belongs to the room's generation, has bought nothing and is not revoked. It takes and locks
 * nothing. Tokens are looked up one by one in their index, because for a join Postgres may scan all orders.
 * @returns one result per query, in order; false: only the purchase itself can tell
 */
export async function soldOutPrecheck(
  sql: Sql,
  queries: readonly SoldOutQuery[],
  now: Date,
): Promise<boolean[]> {
  const rows = await sql<{ sold_out: boolean }[]>`
    select coalesce(
        i.available < w.quantity
        and (p.sale_starts_at is null or p.sale_starts_at <= ${now}::timestamptz)
        and (p.sale_ends_at is null or p.sale_ends_at > ${now}::timestamptz)
        and (select o.jti from orders o where o.jti = w.jti) is null
        and (select r.jti from revoked_tokens r where r.jti = w.jti) is null
        and exists (select from rooms where id = w.room and epoch = w.epoch and ${roomSells(sql)}), false) as sold_out
    from unnest(
        ${queries.map((query) => query.jti)}::text[], ${queries.map((query) => query.room)}::text[],
        ${queries.map((query) => query.epoch)}::int[],
        ${queries.map((query) => query.productId)}::text[], ${queries.map((query) => query.quantity)}::int[]
      ) with ordinality as w (jti, room, epoch, product_id, quantity, position)
      left join products p on p.id = w.product_id and p.room_id = w.room
      left join inventory i on i.product_id = p.id
    order by w.position`;
  return rows.map((row) => row.sold_out);
}
