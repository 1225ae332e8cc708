import { type StalePayment, takeStalePayments } from '@shopfast/db/orders/overdue';
import { RescheduleJob } from '../reschedule-job.ts';
import { applyAnswer } from './apply-outcome.ts';
import { chargeOrder } from './charge.ts';
import type { PaymentDeps } from './deps.ts';
import { ProviderUnavailable } from './resilience-policy.ts';

const LIMIT = 100;

/**
 * Asks the provider about payments that have not changed for `silentMs`: their job or webhook was lost, or ran out of
 * attempts. Known outcomes are applied; the rest stays open for the next sweep.
 */
export async function sweepOpenPayments(deps: PaymentDeps, silentMs: number): Promise<void> {
  const now = deps.clock.now();
  const stale = { since: new Date(now - silentMs), now: new Date(now), limit: LIMIT };
  for (const payment of await takeStalePayments(deps.sql, stale)) {
    try {
      await settle(payment, deps);
    } catch (err) {
      if (err instanceof ProviderUnavailable) return;
      if (!(err instanceof RescheduleJob))
        deps.log.warn({ err, order_id: payment.order_id }, 'the outcome of a payment is still unknown');
    }
  }
}

async function settle({ order_id: orderId, provider_id: ref, state }: StalePayment, deps: PaymentDeps) {
  if (state !== 'requires_action' || ref === null) return chargeOrder({ order_id: orderId }, deps);
  const outcome = await deps.provider.look(ref);
  return applyAnswer({ orderId, ref }, outcome, deps);
}
