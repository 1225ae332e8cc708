import type Stripe from 'stripe';
import { z } from 'zod';
import { readParameters } from '../errors.ts';
import { unixSeconds, type World } from '../ledger.ts';
import { wrongState } from './wrong-state.ts';

const parameters = z.strictObject({
  cancellation_reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer', 'abandoned']).optional(),
});

const CANCELLABLE = ['requires_payment_method', 'requires_confirmation', 'requires_action'];

/** Cancels a payment that took no money. @throws StripeRefusal if it did, or is cancelled already */
export function cancelIntent(
  world: World,
  intent: Stripe.PaymentIntent,
  given: unknown,
): Stripe.PaymentIntent {
  const { cancellation_reason } = readParameters(parameters, given);
  if (!CANCELLABLE.includes(intent.status)) throw wrongState('cancel', intent, CANCELLABLE);
  intent.status = 'canceled';
  intent.canceled_at = unixSeconds(world.clock);
  intent.cancellation_reason = cancellation_reason ?? null;
  intent.next_action = null;
  world.emit('payment_intent.canceled', intent);
  return intent;
}
