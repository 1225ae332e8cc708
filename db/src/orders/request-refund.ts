import { type AuditEntry, auditChange } from '../audit.ts';
import type { Sql } from '../client.ts';
import { lockOrder } from './transition.ts';

export type RequestRefundResult =
  | 'requested'
  /** It was requested before, or the money was already returned. */
  | 'already_requested'
  /** Nothing was paid for it. */
  | 'not_refundable'
  | 'unknown_order';

/**
 * Queues the refund of a paid order, once. The order stays paid until the money has been returned. Then it becomes
 * `refunded` and its units are available again.
 * @param refund.reason goes into the job and the log
 * @param entry audit entry, written only when this call requested the refund
 */
export async function requestRefund(
  sql: Sql,
  { orderId, reason, now }: { orderId: string; reason: string; now: Date },
  entry?: AuditEntry,
): Promise<RequestRefundResult> {
  const [row] = await sql<{ outcome: RequestRefundResult }[]>`
    with ${lockOrder(sql, orderId)}, changed as (
      update payments p
      set state = 'refund_pending', updated_at = ${now}
      from current c
      where p.order_id = c.id and c.state = 'paid' and c.payment_state = 'succeeded'
      returning p.order_id
    ), job as (
      insert into outbox (queue, name, payload, created_at)
      select 'payment', 'payment.refund', jsonb_build_object('order_id', order_id, 'reason', ${reason}::text), ${now}
      from changed
    )${entry ? sql`, ${auditChange(sql, entry)}` : sql``}
    select case
      when exists (select from changed) then 'requested'
      when c.payment_state in ('refund_pending', 'refunded') then 'already_requested'
      else 'not_refundable'
    end as outcome
    from current c`;
  return row?.outcome ?? 'unknown_order';
}
