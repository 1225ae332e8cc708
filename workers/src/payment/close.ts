import { findOrder } from '@shopfast/db/orders/find';
import { markDeclined } from '@shopfast/db/orders/mark-declined';
import type { PaymentState } from '@shopfast/db/schema/orders';
import { applyAnswer } from './apply-outcome.ts';
import type { PaymentDeps } from './deps.ts';

const PERHAPS_OPEN: PaymentState[] = ['in_flight', 'unknown', 'requires_action', 'cancelled'];

/**
 * For an order that ended without being paid (a shopper may cancel while a charge is under way): its payment is closed
 * at the provider, and money that came all the same goes back. Does nothing for every other order.
 * @param openedRef of the payment that was opened just now, and came too late to be noted
 */
export async function closeEnded(orderId: string, deps: PaymentDeps, openedRef?: string): Promise<void> {
  const order = await findOrder(deps.sql, orderId);
  if (!order || !PERHAPS_OPEN.includes(order.payment_state)) return;
  if (order.state === 'pending_payment' || order.state === 'paid') return;
  const ref = order.payment_provider_id ?? openedRef;
  if (ref === undefined) {
    // No payment was noted, so none was charged, and none will be: the order has ended.
    const now = new Date(deps.clock.now());
    await markDeclined(deps.sql, { orderId, providerId: null, reason: 'cancelled', now });
    return;
  }
  await applyAnswer({ orderId, ref }, await deps.provider.cancel(ref), deps);
}
