import { markDeclined } from '@shopfast/db/orders/mark-declined';
import {
  type Charge,
  paymentOpened,
  paymentUnknown,
  postponePayment,
  startPayment,
} from '@shopfast/db/orders/payment-attempt';
import type { JobPayload } from '@shopfast/kit/contracts/jobs';
import { UnrecoverableError } from 'bullmq';
import { RescheduleJob } from '../reschedule-job.ts';
import { orderUrl } from '../shop-urls.ts';
import { applyAnswer, closeEnded } from './apply-outcome.ts';
import type { PaymentDeps } from './deps.ts';
import { ProviderUnavailable } from './resilience-policy.ts';

/**
 * Charges an order that holds its units, once. If the answer is lost, the payment becomes "unknown", which keeps the
 * hold, and the next attempt asks the provider about the same payment.
 */
export async function chargeOrder(payload: JobPayload<'payment.charge'>, deps: PaymentDeps): Promise<void> {
  const { sql, clock, policy, provider } = deps;
  const orderId = payload.order_id;
  policy.check();
  const started = await startPayment(sql, { orderId, provider: provider.name, now: new Date(clock.now()) });
  if (started.outcome === 'unknown_order') throw new UnrecoverableError(`there is no order ${orderId}`);
  if (started.outcome === 'nothing_to_do') return closeEnded(orderId, deps);
  try {
    await charge(started.charge, deps);
  } catch (error) {
    const now = new Date(clock.now());
    if (error instanceof ProviderUnavailable) await postponePayment(sql, { orderId, now });
    else if (!(error instanceof RescheduleJob))
      await paymentUnknown(sql, { orderId, error: String(error), now });
    throw error;
  }
}

async function charge(order: Charge, deps: PaymentDeps): Promise<void> {
  const { sql, provider } = deps;
  const orderId = order.order_id;
  const now = new Date(deps.clock.now());
  const opened = order.provider_id ? { ref: order.provider_id } : await open(order, deps);
  if ('declined' in opened) {
    await markDeclined(sql, { orderId, providerId: null, reason: opened.declined, now });
    return;
  }
  const ref = await paymentOpened(sql, { orderId, providerId: opened.ref, now });
  if (ref === null) return closeEnded(orderId, deps, opened.ref);
  await applyAnswer({ orderId, ref }, await provider.confirm(ref, orderUrl(deps.publicUrl, orderId)), deps);
}

function open(order: Charge, { provider }: PaymentDeps) {
  return provider.open({
    orderId: order.order_id,
    amount: order.amount,
    currency: order.currency,
    paymentMethod: order.payment_method,
  });
}
