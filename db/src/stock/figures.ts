import type { Sql } from '../client.ts';

export type StockFigures = { remaining: number; held: number; sold: number; version: number };

/** The units of a room over all its products. `version` only grows, so an old figure never replaces a newer one. */
export async function stockFigures(sql: Sql, room: string): Promise<StockFigures> {
  const [row] = await sql<StockFigures[]>`
    select
      coalesce(sum(i.available), 0)::bigint as remaining, coalesce(sum(i.held), 0)::bigint as held,
      coalesce(sum(i.sold), 0)::bigint as sold, coalesce(sum(i.version), 0)::bigint as version
    from products p join inventory i on i.product_id = p.id
    where p.room_id = ${room}`;
  return row!;
}
