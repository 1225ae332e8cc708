import type { Sql } from '../client.ts';

/** Deletes at most `limit` deliveries that were settled before that time. @returns how many were deleted */
export async function cleanUpDeliveries(sql: Sql, before: Date, limit: number): Promise<number> {
  const rows = await sql`
    delete from webhook_deliveries where id = any(array(
      select id from webhook_deliveries
      where created_at < ${before} and (delivered_at is not null or failed_at is not null)
      order by id limit ${limit}))
    returning 1`;
  return rows.length;
}
