import type { StockSignal } from '@shopfast/kit/contracts/api';
import type { Sql } from '../client.ts';

/**
 * Saves the shop's stock signal. One without a version always counts.
 * @returns false if a newer figure is known (or the room is not)
 */
export async function saveStock(sql: Sql, room: string, stock: StockSignal): Promise<boolean> {
  const version = stock.version ?? null;
  const rows = await sql`
    update rooms
    set remaining = ${stock.remaining}, held = ${stock.held}, sold = ${stock.sold},
      stock_version = coalesce(${version}::bigint, stock_version)
    where id = ${room} and (${version}::bigint is null or stock_version is null or stock_version < ${version}::bigint)
    returning id`;
  return rows.length === 1;
}
