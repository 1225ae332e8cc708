import type { Sql } from '../client.ts';
import { lockOrder } from './lock-order.ts';

/**
 * The provider requires a step from the shopper (3-D Secure) before it charges. The hold may expire meanwhile.
 * @returns whether the order still waits for its payment
 */
export async function requireAction(
  sql: Sql,
  action: { orderId: string; providerId: string; actionUrl: string; now: Date },
): Promise<boolean> {
  const rows = await sql`
    with ${lockOrder(sql, action.orderId)}
    update payments p
    set state = 'requires_action', provider_id = coalesce(p.provider_id, ${action.providerId}), action_url = ${action.actionUrl},
      updated_at = ${action.now}
    from current c
    where p.order_id = c.id and c.state = 'pending_payment'
      and (c.payment_provider_id is null or c.payment_provider_id = ${action.providerId})
      and c.payment_state in ('new', 'in_flight', 'unknown', 'requires_action')
    returning p.order_id`;
  return rows.length === 1;
}
