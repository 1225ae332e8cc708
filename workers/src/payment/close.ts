import { findOrder } from '@shopfast/db/orders/find';
import { markDeclined } from '@shopfast/db/orders/mark-declined';
import type { PaymentState } from '@shopfast/db/schema/orders';
import { applyAnswer } from './apply-outcome.ts';
import type { PaymentDeps } from './deps.ts';

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
