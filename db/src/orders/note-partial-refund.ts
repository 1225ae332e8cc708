import type { Sql } from '../client.ts';

/**
 * Records a partial refund that was made on the provider's own pages. The order stays paid. Events may arrive in any
 * order, so the highest sum counts.
 * @param refund.refunded minor units, the sum of all partial refunds
 */
export async function notePartialRefund(
  sql: Sql,
  { orderId, refunded, now }: { orderId: string; refunded: number; now: Date },
): Promise<void> {
  await sql`
    update payments set refunded_amount = greatest(refunded_amount, ${refunded}), updated_at = ${now}
    where order_id = ${orderId} and refunded_amount < ${refunded}`;
}
