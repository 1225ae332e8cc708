import { expireHold } from '@shopfast/db/orders/expire-hold';
import { markRefunded } from '@shopfast/db/orders/mark-refunded';
import { findPaymentEvent } from '@shopfast/db/payments/find-event';
import { markPaymentEventHandled } from '@shopfast/db/payments/mark-event-handled';
import type { JobPayload } from '@shopfast/kit/contracts/jobs';
import { UnrecoverableError } from 'bullmq';
import { z } from 'zod';
import { applyOutcome } from './apply-outcome.ts';
import type { PaymentDeps } from './deps.ts';

const metadata = z.object({ order_id: z.uuid() });
const intentOf = <Type extends string>(type: Type) =>
  z.object({
    type: z.literal(type),
    data: z.object({
      object: z.object({
        id: z.string(),
        metadata,
        last_payment_error: z
          .object({ code: z.string().optional(), decline_code: z.string().optional() })
          .nullish(),
      }),
    }),
  });

const known = z.discriminatedUnion('type', [
  intentOf('payment_intent.succeeded'),
  intentOf('payment_intent.payment_failed'),
  intentOf('payment_intent.canceled'),
  z.object({
    type: z.literal('charge.refunded'),
    data: z.object({
      object: z.object({ metadata, amount: z.number(), amount_refunded: z.number() }),
    }),
  }),
]);
type KnownEvent = z.output<typeof known>;

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
  const event = known.safeParse(stored.payload);
  if (event.success) await act(event.data, deps);
  else log.debug({ event_id: stored.id, type: stored.type }, 'event without meaning for an order');
  await markPaymentEventHandled(sql, { id: stored.id, now: new Date(clock.now()) });
}

async function act({ type, data }: KnownEvent, deps: PaymentDeps): Promise<void> {
  const orderId = data.object.metadata.order_id;
  const now = new Date(deps.clock.now());
  switch (type) {
    case 'payment_intent.succeeded':
      return applyOutcome({ orderId, ref: data.object.id }, { state: 'succeeded' }, deps);
    case 'payment_intent.payment_failed': {
      const fault = data.object.last_payment_error;
      const reason = fault?.decline_code ?? fault?.code ?? 'declined';
      return applyOutcome({ orderId, ref: data.object.id }, { state: 'declined', reason }, deps);
    }
    case 'payment_intent.canceled': {
      // Cancelled because the hold had run out, as a rule; the order then says so.
      const result = await expireHold(deps.sql, {
        orderId,
        now,
        closed: { providerId: data.object.id },
      });
      if (result === 'expired' || result === 'already_ended') return;
      return applyOutcome({ orderId, ref: data.object.id }, { state: 'cancelled' }, deps);
    }
    case 'charge.refunded':
      if (data.object.amount_refunded >= data.object.amount) await markRefunded(deps.sql, { orderId, now });
  }
}
