import type { Sql } from '../client.ts';

/**
 * Undoes startPayment when nothing was sent to the provider (the circuit breaker was open). Then the hold may expire,
 * unless the result of an earlier attempt is still unknown.
 */
export async function postponePayment(
  sql: Sql,
  { orderId, now }: { orderId: string; now: Date },
): Promise<void> {
  await sql`
    update payments
    set state = case when attempts > 1 then 'unknown' else 'new' end, attempts = attempts - 1, updated_at = ${now}
    where order_id = ${orderId} and state = 'in_flight'`;
}
