import type { Sql } from '../client.ts';
import { followUp, lockOrder, moveUnits, releaseUnits } from './transition.ts';

export type CancelResult = 'cancelled' | 'already_cancelled' | 'not_cancellable' | 'unknown_order';

/**
 * Cancels an unpaid order for the shopper. A running charge is not stopped. If it succeeds, mark-paid finds the order
 * cancelled and queues a refund.
 */
export async function cancelOrder(
  sql: Sql,
  { orderId, now }: { orderId: string; now: Date },
): Promise<CancelResult> {
  const row = await moveUnits(async (locking) => {
    const [row] = await sql<{ outcome: CancelResult }[]>`
      with ${lockOrder(sql, orderId, locking)}, ended as (
        update orders o
        set state = 'cancelled', ended_at = ${now}, updated_at = ${now}
        from current c
        where o.id = c.id and c.state = 'pending_payment'
        returning o.*
      ), money as (
        update payments p
        set state = 'cancelled', action_url = null, updated_at = ${now}
        from ended
        where p.order_id = ended.id and p.state in ('new', 'requires_action')
      ), ${releaseUnits(sql, 'held', locking)}, ${followUp(sql, 'ended', 'order_cancelled', now)}
      select case
        when exists (select from ended) then 'cancelled'
        when c.state = 'cancelled' then 'already_cancelled'
        else 'not_cancellable'
      end as outcome
      from current c`;
    return row;
  });
  return row?.outcome ?? 'unknown_order';
}
