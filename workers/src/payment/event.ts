import { expireHold } from '@shopfast/db/orders/expire-hold';
import { markRefunded } from '@shopfast/db/orders/mark-refunded';
import { findPaymentEvent } from '@shopfast/db/payments/find-event';
import { markPaymentEventHandled } from '@shopfast/db/payments/mark-event-handled';
import type { JobPayload } from '@shopfast/kit/contracts/jobs';
import { UnrecoverableError } from 'bullmq';
import { applyOutcome } from './apply-outcome.ts';
import type { PaymentDeps } from './deps.ts';
import type { PaymentNews } from './provider.ts';

/**
 * Acts on a stored, verified webhook event. Events tell what the charge may have learnt itself, or what it could not
 * (a bank's answer, a lost one); duplicates and any order are harmless. Other events are for somebody else.
 */
export async function handlePaymentEvent(
  payload: JobPayload<'payment.event'>,
  deps: PaymentDeps,
): Promise<void> {
  const { sql, clock, log } = deps;
  const stored = await findPaymentEvent(sql, payload.event_id);
  if (!stored) throw new UnrecoverableError(`there is no stored event ${payload.event_id}`);
  const news = deps.provider.readEvent(stored.payload);
  if (news) await act(news, deps);
  else log.debug({ event_id: stored.id, type: stored.type }, 'event without meaning for an order');
  await markPaymentEventHandled(sql, { id: stored.id, now: new Date(clock.now()) });
}

async function act({ orderId, ref, outcome }: PaymentNews, deps: PaymentDeps): Promise<void> {
  const now = new Date(deps.clock.now());
  if (outcome.state === 'refunded') {
    await markRefunded(deps.sql, { orderId, now });
    return;
  }
  if (outcome.state === 'cancelled') {
    // Cancelled because the hold had run out, as a rule; the order then says so.
    const result = await expireHold(deps.sql, { orderId, now, closed: { providerId: ref } });
    if (result === 'expired' || result === 'already_ended') return;
  }
  await applyOutcome({ orderId, ref }, outcome, deps);
}
