import { overdueHolds } from '@shopfast/db/orders/find';
import type { PaymentDeps } from '../payment/deps.ts';
import { RescheduleJob } from '../reschedule-job.ts';
import { expireOrderHold } from './expire.ts';

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
