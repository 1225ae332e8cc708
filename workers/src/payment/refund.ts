import { findOrder } from '@shopfast/db/orders/find';
import { markRefunded } from '@shopfast/db/orders/mark-refunded';
import type { JobPayload } from '@shopfast/kit/contracts/jobs';
import { UnrecoverableError } from 'bullmq';
import type { PaymentDeps } from './deps.ts';
import { raiseAlarm } from './reconcile.ts';

/** Refunds an order, once. A final refusal raises an alarm, and the refund stays pending. */
export async function refundOrder(payload: JobPayload<'payment.refund'>, deps: PaymentDeps): Promise<void> {
  const { sql, clock, provider, log } = deps;
  const orderId = payload.order_id;
  const order = await findOrder(sql, orderId);
  if (!order?.payment_provider_id) throw new UnrecoverableError(`order ${orderId} has no payment to refund`);
  if (order.payment_state !== 'refund_pending') return;
  const answer = await provider.refund(order.payment_provider_id, orderId);
  if (answer) {
    const about = `order ${orderId}: the provider refuses to refund payment ${order.payment_provider_id}: ${answer.refused}`;
    return raiseAlarm(deps, 'refund_refused', { name: 'payment.refund', payload }, about);
  }
  const result = await markRefunded(sql, { orderId, now: new Date(clock.now()) });
  log.info({ order_id: orderId, reason: payload.reason, result }, 'refund');
}
