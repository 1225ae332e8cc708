import type { Sql } from '../client.ts';
import { lockOrder, moveUnits, releaseUnits } from './transition.ts';

type Money = { orderId: string; providerId: string; now: Date };

/**
 * Refunds money whose customer may not have the units: meanwhile other orders with the same address have reached the
 * limit. An order that waited for the money ends.
 * @returns whether this call queued a refund
 */
export async function returnMoney(
  sql: Sql,
  { orderId, providerId, now }: Money,
): Promise<boolean | undefined> {
  const row = await moveUnits(async (locking) => {
    const [row] = await sql<{ is_due: boolean }[]>`
      with ${lockOrder(sql, orderId, locking)}, ended as (
        update orders o
        set state = 'payment_failed', ended_at = ${now}, late_payment = 'refunded', updated_at = ${now}
        from current c
        where o.id = c.id and c.state = 'pending_payment'
        returning o.*
      ), late as (
        update orders o
        set late_payment = 'refunded', updated_at = ${now}
        from current c
        where o.id = c.id and c.state in ('cancelled', 'payment_failed', 'expired')
          and c.payment_state not in ('refund_pending', 'refunded')
        returning o.*
      ), returned as (
        select id, room_id, 'paid beyond the limit of the customer' as reason from ended
        union all select id, room_id, 'paid after the order was ' || state from late
      ), money as (
        update payments p
        set state = 'refund_pending', provider_id = coalesce(p.provider_id, ${providerId}), action_url = null,
          last_error = null, updated_at = ${now}
        from returned r
        where p.order_id = r.id
      ), ${releaseUnits(sql, 'held', locking)}, jobs as (
        insert into outbox (queue, name, payload, created_at)
        select 'payment', 'payment.refund', jsonb_build_object('order_id', id, 'reason', reason), ${now}
        from returned
        union all
        select 'slots', 'slots.settle', jsonb_build_object('room', room_id), ${now} from ended
      )
      select exists (select from returned) as is_due from current`;
    return row;
  });
  return row?.is_due;
}
