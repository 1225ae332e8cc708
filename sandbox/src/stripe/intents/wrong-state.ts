import type Stripe from 'stripe';
import { StripeRefusal } from '../errors.ts';

/** The refusal of a call that the payment's state does not allow. */
export function wrongState(
  call: 'confirm' | 'cancel',
  intent: Stripe.PaymentIntent,
  allowed: string[],
): StripeRefusal {
  const done = call === 'confirm' ? 'confirmed' : 'canceled';
  const message =
    call === 'confirm' && intent.status === 'succeeded'
      ? 'You cannot confirm this PaymentIntent because it has already succeeded after being previously confirmed.'
      : `You cannot ${call} this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with ` +
        `one of the following statuses may be ${done}: ${allowed.join(', ')}.`;
  return new StripeRefusal(400, {
    type: 'invalid_request_error',
    code: 'payment_intent_unexpected_state',
    message,
    payment_intent: intent,
  });
}
