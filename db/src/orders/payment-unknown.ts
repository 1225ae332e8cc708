import type { Sql } from '../client.ts';

/**
 * A charge was sent and its answer did not arrive (timeout, broken connection), so the money may have moved. The hold
 * stays until a repeated charge or a webhook gives the result.
 * @returns whether the payment was in flight
 */
export async function paymentUnknown(
  sql: Sql,
  { orderId, error, now }: { orderId: string; error: string; now: Date },
): Promise<boolean> {
  const rows = await sql`
    update payments set state = 'unknown', last_error = ${error}, updated_at = ${now}
    where order_id = ${orderId} and state = 'in_flight'
    returning order_id`;
  return rows.length === 1;
}
