import type { Sql } from '../client.ts';
import { followUp, lockOrder, moveUnits, releaseUnits } from './transition.ts';

export type ExpireHoldResult =
  | 'expired'
  /** The hold has not expired yet. */
  | 'not_yet'
  /** A charge is running or its result is unknown. The hold stays until the result is known: try again later. */
  | 'payment_in_flight'
  | 'already_ended'
  | 'unknown_order';

/**
 * Expires an order that was not paid in time. Its units are available again.
 * @param hold.closed the provider has confirmed that this payment can no longer succeed, so the order need not wait for
 *    it; a null id means that no payment was opened
 */
export async function expireHold(
  sql: Sql,
  { orderId, now, closed }: { orderId: string; now: Date; closed?: { providerId: string | null } },
): Promise<ExpireHoldResult> {
  const row = await moveUnits(async (locking) => {
    const [row] = await sql<{ outcome: ExpireHoldResult }[]>`
      with ${lockOrder(sql, orderId, locking)}, ended as (
        update orders o
        set state = 'expired', ended_at = ${now}, updated_at = ${now}
        from current c
        where o.id = c.id and c.state = 'pending_payment' and c.hold_until <= ${now}
          and (
            c.payment_state not in ('in_flight', 'unknown')
            or (${closed !== undefined} and c.payment_provider_id is not distinct from ${closed?.providerId ?? null})
          )
        returning o.*
      ), money as (
        update payments p
        set state = 'cancelled', action_url = null, updated_at = ${now}
        from ended
        where p.order_id = ended.id
      ), ${releaseUnits(sql, 'held', locking)}, ${followUp(sql, 'ended', 'order_expired', now)}
      select case
        when exists (select from ended) then 'expired'
        when c.state <> 'pending_payment' then 'already_ended'
        when c.hold_until > ${now} then 'not_yet'
        else 'payment_in_flight'
      end as outcome
      from current c`;
    return row;
  });
  return row?.outcome ?? 'unknown_order';
}
