import type { Sql } from '../client.ts';
import { lockOrder } from './lock-order.ts';

/**
 * Records that the provider has opened a payment for this order; no money has moved. Called before the charge is sent,
 * so a payment without an id cannot have been charged. The first id stays: a caller that opened a second payment
 * charges the first.
 * @returns the id of the payment to charge, or null when the order no longer waits for a charge
 */
export async function paymentOpened(
  sql: Sql,
  { orderId, providerId, now }: { orderId: string; providerId: string; now: Date },
): Promise<string | null> {
  const [row] = await sql<{ provider_id: string }[]>`
    with ${lockOrder(sql, orderId)}
    update payments p
    set provider_id = coalesce(p.provider_id, ${providerId}), updated_at = ${now}
    from current c
    where p.order_id = c.id and c.state = 'pending_payment' and c.payment_state = 'in_flight'
    returning p.provider_id`;
  return row?.provider_id ?? null;
}
