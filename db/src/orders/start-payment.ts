import type { OrderState } from '@shopfast/kit/contracts/api';
import type { Sql } from '../client.ts';
import type { PaymentState } from '../schema/orders.ts';
import { lockOrder } from './lock-order.ts';

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
