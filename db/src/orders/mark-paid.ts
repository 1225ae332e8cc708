import type { Sql } from '../client.ts';
import { violates } from '../postgres-error.ts';
import { returnMoney } from './return-money.ts';
import { buyLate, followUp, type Locking, lockOrder, lockUnits, makeFirm, moveUnits } from './transition.ts';

export type MarkPaidResult =
  | 'paid'
  /** The money arrived after the hold had expired, and bought units that were still available. */
  | 'paid_late'
  /** The money arrived for an order that has ended; a refund job was queued. */
  | 'refund_due'
  /** It was known before; nothing changed. */
  | 'already_paid'
  | 'refund_already_due'
  /** The order has another payment; nothing changed. */
  | 'other_payment'
  | 'unknown_order';

type Money = { orderId: string; providerId: string; now: Date };

/**
 * Records the payment; held units become sold. Money for an expired order still buys if all its units are available and
 * the customer's limit allows it. Otherwise, and for a cancelled or declined order, it is refunded. The caller must
 * have compared the amount. The provider's id of a payment is never overwritten.
 */
export async function markPaid(sql: Sql, money: Money): Promise<MarkPaidResult> {
  try {
    const row = await moveUnits((locking) => settleMoney(sql, money, locking));
    return row?.outcome ?? 'unknown_order';
  } catch (error) {
    if (!violates(error, 'purchase_limit')) throw error;
    // In the meantime, the customer has reached the purchase limit.
    return (await returnMoney(sql, money)) ? 'refund_due' : 'refund_already_due';
  }
}

/** An expired order always uses `pessimistic` locking: what late money buys is decided on the locked rows. */
async function settleMoney(
  sql: Sql,
  { orderId, providerId, now }: Money,
  locking: Locking,
): Promise<{ outcome: MarkPaidResult } | undefined> {
  const isOptimistic = locking === 'optimistic';
  const [row] = await sql<{ outcome: MarkPaidResult }[]>`
    with ${lockOrder(sql, orderId, locking)}, buying as (
      select * from current
      where (payment_provider_id is null or payment_provider_id = ${providerId})
        and (state = 'pending_payment'
          or (${!isOptimistic} and state = 'expired' and payment_state not in ('refund_pending', 'refunded')))
    ), ${isOptimistic ? sql`` : sql`${lockUnits(sql, 'buying')},`} paid as (
      update orders o
      set state = 'paid', ended_at = ${now}, updated_at = ${now},
        late_payment = case when b.state = 'expired' then 'bought' end
      from buying b
      where o.id = b.id ${isOptimistic ? sql`` : sql`and (b.state = 'pending_payment' or ${allUnitsAvailable(sql)})`}
      returning o.*
    ), returned as (
      update orders o
      set late_payment = 'refunded', updated_at = ${now}
      from current c
      where o.id = c.id and c.state in ('cancelled', 'payment_failed' ${isOptimistic ? sql`` : sql`, 'expired'`})
        and c.payment_state not in ('refund_pending', 'refunded') and not exists (select from paid)
        and (c.payment_provider_id is null or c.payment_provider_id = ${providerId})
      returning o.*
    ), money as (
      update payments p
      set state = m.state, provider_id = ${providerId}, action_url = null, last_error = null, updated_at = ${now}
      from (select id, 'succeeded' as state from paid union all select id, 'refund_pending' from returned) m
      where p.order_id = m.id
    ), ${isOptimistic ? sellHeld(sql) : sellLocked(sql)}, ${followUp(sql, 'paid', 'order_paid', now)}, refund as (
      insert into outbox (queue, name, payload, created_at)
      select 'payment', 'payment.refund',
        jsonb_build_object('order_id', id, 'reason', 'paid after the order was ' || state), ${now}
      from returned
    )
    select case
      when c.payment_provider_id <> ${providerId} then 'other_payment'
      when exists (select from paid where late_payment = 'bought') then 'paid_late'
      when exists (select from paid) then 'paid'
      when exists (select from returned) then 'refund_due'
      when c.state in ('paid', 'refunded') then 'already_paid'
      else 'refund_already_due'
    end as outcome
    from current c
    where ${!isOptimistic} or c.state <> 'expired' or c.payment_provider_id <> ${providerId} or c.payment_state in ('refund_pending', 'refunded')`;
  return row;
}

const allUnitsAvailable = (sql: Sql) => sql`
  not exists (
    select from lines left join units using (product_id) where coalesce(units.available, 0) < lines.quantity)`;

const sellHeld = (sql: Sql) => sql`
  sold as (
    update inventory i
    set held = i.held - paid.quantity, sold = i.sold + paid.quantity, version = i.version + 1
    from paid
    where i.product_id = paid.product_id
  ), counts as (
    update purchase_counts c
    set ${makeFirm(sql, 'u')}
    from paid u
    where c.product_id = u.product_id and c.customer_key = u.customer_key and not u.email_verified
  )`;

const sellLocked = (sql: Sql) => sql`
  sold as (
    update inventory i
    set stock = u.stock, sold = u.sold + u.quantity, version = u.version + 1,
      held = u.held - case when paid.late_payment is null then u.quantity else 0 end,
      available = u.available - case when paid.late_payment is null then 0 else u.quantity end
    from units u cross join paid
    where i.product_id = u.product_id
  ), counts as (
    update purchase_counts c
    set ${makeFirm(sql, 'k')}
    from counted k join paid on paid.late_payment is null
    where c.product_id = k.product_id and c.customer_key = k.customer_key
  ), late_counts as (
    update purchase_counts c
    set ${buyLate(sql)}
    from counted k join paid on paid.late_payment = 'bought'
    where c.product_id = k.product_id and c.customer_key = k.customer_key
  )`;
