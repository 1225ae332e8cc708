import type { Sql } from '../client.ts';

/**
 * A part of the money has gone back, at the provider's own pages: the order stays paid, and says how much. Events may come in
 * any order, so the highest sum counts.
 * @param refund.refunded minor units, all parts together
 */
export async function notePartialRefund(
  sql: Sql,
  { orderId, refunded, now }: { orderId: string; refunded: number; now: Date },
): Promise<void> {
  await sql`
    update payments set refunded_amount = greatest(refunded_amount, ${refunded}), updated_at = ${now}
    where order_id = ${orderId} and refunded_amount < ${refunded}`;
}
