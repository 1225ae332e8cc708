import { findOrder } from '@shopfast/db/orders/find';
import { markDeclined } from '@shopfast/db/orders/mark-declined';
import { markPaid } from '@shopfast/db/orders/mark-paid';
import { paymentUnknown, requireAction } from '@shopfast/db/orders/payment-attempt';
import type { PaymentState } from '@shopfast/db/schema/orders';
import { RescheduleJob } from '../reschedule-job.ts';
import type { PaymentDeps } from './deps.ts';
import type { PaymentOutcome } from './provider.ts';
import { checkNews } from './reconcile.ts';

const ASK_AGAIN_MS = 15_000;

/**
 * Applies the provider's answer about a payment to its order, if it agrees with the stored payment.
 * @throws RescheduleJob when the provider does not know the outcome yet
 */
export async function applyAnswer(
  order: { orderId: string; ref: string },
  outcome: PaymentOutcome,
  deps: PaymentDeps,
): Promise<void> {
  const { orderId, ref } = order;
  const money = outcome.state === 'succeeded' ? outcome.money : undefined;
  const said = { orderId, ref, state: outcome.state, money, by: 'call' as const };
  if (await checkNews(said, { name: 'payment.charge', payload: { order_id: orderId } }, deps))
    return applyOutcome(order, outcome, deps);
  const error = 'the provider’s answer does not match the stored payment';
  await paymentUnknown(deps.sql, { orderId, error, now: new Date(deps.clock.now()) });
}

/**
 * Applies an outcome that was compared before to its order. Every change is conditional, so calls may be repeated and
 * come in any order.
 * @throws RescheduleJob when the provider does not know the outcome yet
 */
export async function applyOutcome(
  order: { orderId: string; ref: string },
  outcome: PaymentOutcome,
  deps: PaymentDeps,
): Promise<void> {
  const { sql, log } = deps;
  const { orderId, ref: providerId } = order;
  const now = new Date(deps.clock.now());
  switch (outcome.state) {
    case 'succeeded': {
      const result = await markPaid(sql, { orderId, providerId, now });
      if (result === 'refund_due')
        log.warn({ order_id: orderId }, 'paid after its end: the order is refunded');
      return;
    }
    case 'declined':
      await markDeclined(sql, { orderId, providerId, reason: outcome.reason, now });
      return;
    case 'cancelled':
      await markDeclined(sql, { orderId, providerId, reason: 'cancelled', now });
      return;
    case 'requires_action': {
      const waiting = await requireAction(sql, { orderId, providerId, actionUrl: outcome.url, now });
      // The order has ended since, so nobody may confirm this payment any more.
      if (!waiting) await applyAnswer(order, await deps.provider.cancel(providerId), deps);
      return;
    }
    case 'pending':
      throw new RescheduleJob(`payment ${providerId} is being processed`, ASK_AGAIN_MS);
  }
}

const PERHAPS_OPEN: PaymentState[] = ['in_flight', 'unknown', 'requires_action', 'cancelled'];

/**
 * Closes the payment of an order that ended unpaid (a shopper may cancel during a charge), and refunds money that came
 * all the same. Does nothing for other orders.
 * @param openedRef the payment that was just opened, too late to be stored
 */
export async function closeEnded(orderId: string, deps: PaymentDeps, openedRef?: string): Promise<void> {
  const order = await findOrder(deps.sql, orderId);
  if (!order || !PERHAPS_OPEN.includes(order.payment_state)) return;
  if (order.state === 'pending_payment' || order.state === 'paid') return;
  const ref = order.payment_provider_id ?? openedRef;
  if (ref === undefined) {
    // No payment is stored, so none was charged. None will be, because the order has ended.
    const now = new Date(deps.clock.now());
    await markDeclined(deps.sql, { orderId, providerId: null, reason: 'cancelled', now });
    return;
  }
  await applyAnswer({ orderId, ref }, await deps.provider.cancel(ref), deps);
}
