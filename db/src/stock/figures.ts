import type { Sql } from '../client.ts';

export type StockFigures = { remaining: number; held: number; sold: number; version: number };

/**
 * The units of a room over all its products. `version` counts the changes of all products of the installation: so it only
 * grows, also when a product moves to another room, and two different figures of a room never have the same one.
 */
export async function stockFigures(sql: Sql, room: string): Promise<StockFigures> {
  const [row] = await sql<StockFigures[]>`
    select
      coalesce(sum(i.available) filter (where p.room_id = ${room}), 0)::bigint as remaining,
      coalesce(sum(i.held) filter (where p.room_id = ${room}), 0)::bigint as held,
      coalesce(sum(i.sold) filter (where p.room_id = ${room}), 0)::bigint as sold,
      coalesce(sum(i.version), 0)::bigint as version
    from products p join inventory i on i.product_id = p.id`;
  return row!;
}
