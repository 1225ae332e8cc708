import type Stripe from 'stripe';
import { z } from 'zod';
import { knownMethod } from '../card-form/routes.ts';
import { noSuch, readParameters, StripeRefusal } from '../errors.ts';
import { idOf, newId, type World } from '../ledger.ts';
import { behaviourOf, type Decline } from '../payment-methods.ts';
import { charge, decline } from './charge.ts';
import { wrongState } from './wrong-state.ts';

/** Parameters of confirming; creating with `confirm` has them too. */
export const confirmation = {
  return_url: z.url({ protocol: /^https?$/ }).optional(),
  off_session: z.stringbool().optional(),
  error_on_requires_action: z.stringbool().optional(),
};

const parameters = z.strictObject({ payment_method: z.string().optional(), ...confirmation });

export type Confirmation = Partial<z.output<typeof parameters>>;

export const readConfirmation = (given: unknown): Confirmation => readParameters(parameters, given);

const CONFIRMABLE = ['requires_payment_method', 'requires_confirmation', 'requires_action'];

const NEEDS_AUTHENTICATION: Decline = {
  code: 'authentication_required',
  decline_code: 'authentication_required',
  message: 'Your card was declined. This transaction requires authentication.',
};

/**
 * Takes the money, is declined, or sends the shopper to the bank's page.
 * @throws StripeRefusal 402 for a decline, 400 in a state that cannot be confirmed
 */
export function confirmIntent(
  world: World,
  intent: Stripe.PaymentIntent,
  { payment_method, return_url, off_session, error_on_requires_action }: Confirmation,
  bankUrl: (secret: string) => string,
): Stripe.PaymentIntent {
  if (!CONFIRMABLE.includes(intent.status)) throw wrongState('confirm', intent, CONFIRMABLE);
  if (intent.status === 'requires_action' && !payment_method) return intent;

  const method = payment_method ?? idOf(intent.payment_method);
  if (!method) throw missingMethod(intent);
  const behaviour = behaviourOf(knownMethod(world.ledger, method));
  if (!behaviour) throw noSuch('PaymentMethod', method, 'payment_method', 400);
  intent.payment_method = method;
  intent.last_payment_error = null;

  if (behaviour.kind === 'succeeds') charge(world, intent);
  else if (behaviour.kind === 'declines') throw decline(world, intent, behaviour);
  else if (off_session || error_on_requires_action) throw decline(world, intent, NEEDS_AUTHENTICATION);
  else sendToBank(world, intent, return_url, bankUrl);
  return intent;
}

function sendToBank(
  { ledger, emit }: World,
  intent: Stripe.PaymentIntent,
  returnUrl: string | undefined,
  bankUrl: (secret: string) => string,
): void {
  const secret = newId('src');
  ledger.bankVisits.set(secret, intent.id);
  intent.status = 'requires_action';
  intent.next_action = {
    type: 'redirect_to_url',
    redirect_to_url: { url: bankUrl(secret), return_url: returnUrl ?? null },
  };
  emit('payment_intent.requires_action', intent);
}

function missingMethod(intent: Stripe.PaymentIntent): StripeRefusal {
  return new StripeRefusal(400, {
    type: 'invalid_request_error',
    code: 'payment_intent_unexpected_state',
    message:
      "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the " +
      'PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method.',
    payment_intent: intent,
  });
}
