import { expireHold } from '@shopfast/db/orders/expire-hold';
import { findOrder } from '@shopfast/db/orders/find';
import { overdueHolds } from '@shopfast/db/orders/overdue';
import type { JobPayload } from '@shopfast/kit/contracts/jobs';
import { UnrecoverableError } from 'bullmq';
import { applyAnswer, closeEnded } from '../payment/apply-outcome.ts';
import type { PaymentDeps } from '../payment/deps.ts';
import { RescheduleJob } from '../reschedule-job.ts';

const RESCHEDULE_MS = 2_000;
/** A running charge ends well within this time, even with a slow provider. After it, its worker is gone. */
const CHARGE_MAY_TAKE_MS = 120_000;

/**
 * Ends an order whose hold has expired. Units go back on sale only after the provider confirmed that no money can
 * arrive any more. If the money has arrived, the order is paid.
 * @throws RescheduleJob while the hold lasts or a charge is running
 */
export async function expireOrderHold(
  payload: Pick<JobPayload<'holds.expire'>, 'order_id'>,
  deps: PaymentDeps,
): Promise<void> {
  const orderId = payload.order_id;
  const now = deps.clock.now();
  const order = await findOrder(deps.sql, orderId);
  if (!order) throw new UnrecoverableError(`there is no order ${orderId}`);
  if (order.state !== 'pending_payment') return closeEnded(orderId, deps);

  const overdueMs = now - order.hold_until.getTime();
  if (overdueMs < 0) throw new RescheduleJob('the hold lasts', -overdueMs);
  if (order.payment_state === 'in_flight' && overdueMs < CHARGE_MAY_TAKE_MS)
    throw new RescheduleJob('a charge is under way', RESCHEDULE_MS);

  // A payment that was never opened at the provider was never charged.
  const ref = order.payment_provider_id;
  if (ref !== null) {
    const outcome = await deps.provider.cancel(ref);
    if (outcome.state !== 'cancelled') return applyAnswer({ orderId, ref }, outcome, deps);
  }
  const closed = { providerId: ref };
  const result = await expireHold(deps.sql, { orderId, now: new Date(now), closed });
  if (result === 'payment_in_flight') throw new RescheduleJob('a charge has begun', RESCHEDULE_MS);
}

const LIMIT = 100;

/** Expires holds that are overdue by `lateMs`, so that no unit stays held when the job of its hold was lost. */
export async function sweepOverdueHolds(deps: PaymentDeps, lateMs: number): Promise<void> {
  const since = new Date(deps.clock.now() - lateMs);
  for (const orderId of await overdueHolds(deps.sql, { since, limit: LIMIT })) {
    try {
      await expireOrderHold({ order_id: orderId }, deps);
    } catch (err) {
      if (!(err instanceof RescheduleJob))
        deps.log.warn({ err, order_id: orderId }, 'an overdue hold could not be expired');
    }
  }
}
