import { findOrder } from '@shopfast/db/orders/find';
import type { PaymentState } from '@shopfast/db/schema/orders';
import { applyOutcome } from './apply-outcome.ts';
import type { PaymentDeps } from './deps.ts';

const PERHAPS_OPEN: PaymentState[] = ['in_flight', 'unknown', 'requires_action', 'cancelled'];

/**
 * For an order that ended without being paid (a shopper may cancel while a charge is under way): its payment is closed
 * at the provider, and money that came all the same goes back. Does nothing for every other order.
 */
export async function closeEnded(orderId: string, deps: PaymentDeps): Promise<void> {
  const order = await findOrder(deps.sql, orderId);
  const ref = order?.payment_provider_id;
  if (!order || !ref || !PERHAPS_OPEN.includes(order.payment_state)) return;
  if (order.state === 'pending_payment' || order.state === 'paid') return;
  await applyOutcome({ orderId, ref }, await deps.provider.cancel(ref), deps);
}
