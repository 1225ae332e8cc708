import type { Sql } from '../client.ts';
import { followUp, lockOrder, moveUnits, releaseUnits } from './transition.ts';

export type MarkDeclinedResult = 'declined' | 'already_ended' | 'unknown_order';

/** The payment was finally refused: the order fails and its units are available again. */
export async function markDeclined(
  sql: Sql,
  order: { orderId: string; providerId: string | null; reason: string; now: Date },
): Promise<MarkDeclinedResult> {
  const row = await moveUnits(async (locking) => {
    const [row] = await sql<{ outcome: MarkDeclinedResult }[]>`
      with ${lockOrder(sql, order.orderId, locking)}, ended as (
        update orders o
        set state = 'payment_failed', ended_at = ${order.now}, updated_at = ${order.now}
        from current c
        where o.id = c.id and c.state = 'pending_payment'
        returning o.*
      ), money as (
        update payments p
        set state = 'declined', last_error = ${order.reason}, action_url = null, updated_at = ${order.now},
          provider_id = coalesce(p.provider_id, ${order.providerId})
        from current c
        where p.order_id = c.id and c.payment_state in ('new', 'in_flight', 'unknown', 'requires_action')
      ), ${releaseUnits(sql, 'held', locking)}, ${followUp(sql, 'ended', 'order_declined', order.now)}
      select case when exists (select from ended) then 'declined' else 'already_ended' end as outcome
      from current`;
    return row;
  });
  return row?.outcome ?? 'unknown_order';
}
