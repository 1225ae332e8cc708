import type { Sql } from '../client.ts';

export async function markDelivered(sql: Sql, id: number, at: Date): Promise<void> {
  await sql`update webhook_deliveries set delivered_at = ${at}, last_error = null where id = ${id}`;
}

/** @param retryAt null: it was the last attempt */
export async function markMissed(
  sql: Sql,
  id: number,
  miss: { at: Date; error: string; retryAt: Date | null },
): Promise<void> {
  await sql`
    update webhook_deliveries
    set last_error = ${miss.error}, next_attempt_at = coalesce(${miss.retryAt}::timestamptz, next_attempt_at),
      failed_at = case when ${miss.retryAt}::timestamptz is null then ${miss.at}::timestamptz end
    where id = ${id} and delivered_at is null`;
}
