import type { Sql } from '../client.ts';
import { followUp } from './follow-up.ts';
import { lockOrder } from './lock-order.ts';

export type MarkPaidResult =
  | 'paid'
  /** The money came for an order that has ended; a refund job is on its way. */
  | 'refund_due'
  /** Known before; nothing happened now. */
  | 'already_paid'
  | 'refund_already_due'
  | 'unknown_order';

/** The money is there. Held units become sold; for an order that has ended no unit moves, and the money goes back. */
export async function markPaid(
  sql: Sql,
  { orderId, providerId, now }: { orderId: string; providerId: string; now: Date },
): Promise<MarkPaidResult> {
  const [row] = await sql<{ outcome: MarkPaidResult }[]>`
    with ${lockOrder(sql, orderId)}, paid as (
      update orders o
      set state = 'paid', ended_at = ${now}, updated_at = ${now}
      from current c
      where o.id = c.id and c.state = 'pending_payment'
      returning o.*
    ), late as (
      select * from current
      where state in ('expired', 'cancelled', 'payment_failed')
        and payment_state not in ('refund_pending', 'refunded')
    ), money as (
      update payments p
      set state = m.state, provider_id = ${providerId}, action_url = null, last_error = null, updated_at = ${now}
      from (select id, 'succeeded' as state from paid union all select id, 'refund_pending' from late) m
      where p.order_id = m.id
    ), sold as (
      update inventory i
      set held = i.held - paid.quantity, sold = i.sold + paid.quantity, version = i.version + 1
      from paid
      where i.product_id = paid.product_id
    ), ${followUp(sql, 'paid', 'order_paid', now)}, refund as (
      insert into outbox (queue, name, payload, created_at)
      select 'payment', 'payment.refund',
        jsonb_build_object('order_id', id, 'reason', 'paid after the order was ' || state), ${now}
      from late
    )
    select case
      when exists (select from paid) then 'paid'
      when exists (select from late) then 'refund_due'
      when c.state in ('paid', 'refunded') then 'already_paid'
      else 'refund_already_due'
    end as outcome
    from current c`;
  return row?.outcome ?? 'unknown_order';
}
