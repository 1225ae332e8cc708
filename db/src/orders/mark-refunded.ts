import type { Sql } from '../client.ts';
import { lockOrder, moveUnits, releaseUnits } from './transition.ts';

export type MarkRefundedResult = 'refunded' | 'already_refunded' | 'nothing_to_refund' | 'unknown_order';

/**
 * Records a refund. An order that ended unpaid keeps its state. A paid one becomes `refunded` and its units are
 * available again.
 */
export async function markRefunded(
  sql: Sql,
  { orderId, now }: { orderId: string; now: Date },
): Promise<MarkRefundedResult> {
  const row = await moveUnits(async (locking) => {
    const [row] = await sql<{ outcome: MarkRefundedResult }[]>`
      with ${lockOrder(sql, orderId, locking)}, money as (
        update payments p
        set state = 'refunded', refunded_amount = p.amount, updated_at = ${now}
        from current c
        where p.order_id = c.id and c.payment_state in ('refund_pending', 'succeeded')
        returning p.order_id
      ), ended as (
        update orders o
        set state = 'refunded', ended_at = ${now}, updated_at = ${now}
        from current c
        where o.id = c.id and c.state = 'paid' and c.payment_state in ('refund_pending', 'succeeded')
        returning o.*
      ), ${releaseUnits(sql, 'sold', locking)}, jobs as (
        insert into outbox (queue, name, payload, created_at)
        select 'email', 'email.send', jsonb_build_object('order_id', order_id, 'template', 'order_refunded'), ${now}
        from money
        union all
        select 'slots', 'slots.settle', jsonb_build_object('room', room_id), ${now}
        from ended
      )
      select case
        when exists (select from money) then 'refunded'
        when c.payment_state = 'refunded' then 'already_refunded'
        else 'nothing_to_refund'
      end as outcome
      from current c`;
    return row;
  });
  return row?.outcome ?? 'unknown_order';
}

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
