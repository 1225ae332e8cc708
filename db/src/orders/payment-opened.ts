import type { Sql } from '../client.ts';
import { lockOrder } from './lock-order.ts';

/**
 * The provider has opened a payment for this order; no money has moved. Told before the charge is sent, so that a
 * payment without an id cannot have been charged. The first id stays: whoever opens a second one charges the first.
 * @returns the id of the one payment to charge, or null when the order does not wait for a charge any more
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
