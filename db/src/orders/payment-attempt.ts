import type { OrderState } from '@shopfast/kit/contracts/api';
import type { Sql } from '../client.ts';
import type { PaymentState } from '../schema/orders.ts';
import { lockOrder } from './transition.ts';

export type Charge = {
  order_id: string;
  provider_id: string | null;
  payment_method: string;
  /** Minor units of `currency`. */
  amount: number;
  currency: string;
  email: string;
  attempts: number;
};

export type StartPaymentResult =
  | { outcome: 'charge'; charge: Charge }
  /** The order has ended, or the payment is settled or waits for the shopper. */
  | { outcome: 'nothing_to_do'; orderState: OrderState; paymentState: PaymentState }
  | { outcome: 'unknown_order' };

/**
 * Records the provider and marks the payment as in flight; from now on the hold cannot expire. It also resumes a
 * payment that is already in flight: its worker died, and the provider's idempotency key (the order id) makes both
 * charges one.
 */
export async function startPayment(
  sql: Sql,
  { orderId, provider, now }: { orderId: string; provider: string; now: Date },
): Promise<StartPaymentResult> {
  type Row = Charge & { started: boolean; order_state: OrderState; payment_state: PaymentState };
  const [row] = await sql<Row[]>`
    with ${lockOrder(sql, orderId)}, started as (
      update payments p
      set state = 'in_flight', provider = ${provider}, attempts = p.attempts + 1, updated_at = ${now}
      from current c
      where p.order_id = c.id and c.state = 'pending_payment'
        and c.payment_state in ('new', 'unknown', 'in_flight')
      returning p.*
    )
    select
      s.order_id is not null as started, c.state as order_state, c.payment_state,
      s.order_id, s.provider_id, s.payment_method, s.amount, s.currency, c.email, s.attempts
    from current c left join started s on s.order_id = c.id`;
  if (!row) return { outcome: 'unknown_order' };
  const { started, order_state, payment_state, ...charge } = row;
  return started
    ? { outcome: 'charge', charge }
    : { outcome: 'nothing_to_do', orderState: order_state, paymentState: payment_state };
}

/**
 * Records that the provider has opened a payment for this order; no money has moved. Called before the charge is sent,
 * so a payment without an id cannot have been charged. The first id stays: a caller that opened a second payment
 * charges the first.
 * @returns the id of the payment to charge, or null when the order no longer waits for a charge
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

/**
 * A charge was sent and its answer did not arrive (timeout, broken connection), so the money may have moved. The hold
 * stays until a repeated charge or a webhook gives the result.
 * @returns whether the payment was in flight
 */
export async function paymentUnknown(
  sql: Sql,
  { orderId, error, now }: { orderId: string; error: string; now: Date },
): Promise<boolean> {
  const rows = await sql`
    update payments set state = 'unknown', last_error = ${error}, updated_at = ${now}
    where order_id = ${orderId} and state = 'in_flight'
    returning order_id`;
  return rows.length === 1;
}

/**
 * Undoes startPayment when nothing was sent to the provider (the circuit breaker was open). Then the hold may expire,
 * unless the result of an earlier attempt is still unknown.
 */
export async function postponePayment(
  sql: Sql,
  { orderId, now }: { orderId: string; now: Date },
): Promise<void> {
  await sql`
    update payments
    set state = case when attempts > 1 then 'unknown' else 'new' end, attempts = attempts - 1, updated_at = ${now}
    where order_id = ${orderId} and state = 'in_flight'`;
}
