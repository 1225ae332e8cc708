import { expireHold } from '@shopfast/db/orders/expire-hold';
import { markRefunded, notePartialRefund } from '@shopfast/db/orders/mark-refunded';
import { findPaymentEvent, markPaymentEventHandled } from '@shopfast/db/payment-events';
import { findOrderOfPayment } from '@shopfast/db/payments';
import type { JobPayload } from '@shopfast/kit/contracts/jobs';
import { UnrecoverableError } from 'bullmq';
import { applyOutcome } from './apply-outcome.ts';
import type { PaymentDeps } from './deps.ts';
import type { PaymentNews } from './provider.ts';
import { type AlarmCause, checkNews, raiseAlarm } from './reconcile.ts';

/**
 * Handles a stored, verified webhook event. It may repeat what the charge knows, or bring news (a bank's answer, a lost
 * one). Duplicates and any order are fine; other events are ignored. Disagreement with the stored payment raises an
 * alarm.
 */
export async function handlePaymentEvent(
  payload: JobPayload<'payment.event'>,
  deps: PaymentDeps,
): Promise<void> {
  const { sql, clock, log } = deps;
  const stored = await findPaymentEvent(sql, payload.event_id);
  if (!stored) throw new UnrecoverableError(`there is no stored event ${payload.event_id}`);
  const news = deps.provider.readEvent(stored.payload);
  const cause = { name: 'payment.event' as const, payload: { event_id: stored.id } };
  if (news) await act(news, cause, deps);
  else log.debug({ event_id: stored.id, type: stored.type }, 'ignored an event that is not about an order');
  await markPaymentEventHandled(sql, { id: stored.id, now: new Date(clock.now()) });
}

async function act(news: PaymentNews, cause: AlarmCause, deps: PaymentDeps): Promise<void> {
  if ('trouble' in news) {
    const order = (await findOrderOfPayment(deps.sql, news.ref)) ?? 'unknown';
    return raiseAlarm(deps, news.trouble, cause, `order ${order}, payment ${news.ref}: ${news.about}`);
  }
  const { orderId, ref, outcome } = news;
  const money = 'money' in outcome ? outcome.money : undefined;
  const said = { orderId, ref, state: outcome.state, money, by: 'event' as const };
  if (!(await checkNews(said, cause, deps))) return;
  const now = new Date(deps.clock.now());
  if (outcome.state === 'refunded') {
    if (outcome.refunded < (money?.amount ?? 0))
      await notePartialRefund(deps.sql, { orderId, refunded: outcome.refunded, now });
    else await markRefunded(deps.sql, { orderId, now });
    return;
  }
  if (outcome.state === 'cancelled') {
    // Usually cancelled because the hold had expired; the order then becomes expired.
    const result = await expireHold(deps.sql, { orderId, now, closed: { providerId: ref } });
    if (result === 'expired' || result === 'already_ended') return;
  }
  await applyOutcome({ orderId, ref }, outcome, deps);
}
