import type Stripe from 'stripe';
import type { World } from '../ledger.ts';
import { idOf, unixSeconds } from '../ledger.ts';
import { paymentMethodDocument } from '../payment-methods.ts';
import { charge } from './charge.ts';

/** The payment that waits at the bank's page; undefined if there is none (any more). */
export function waitingAtBank({ ledger }: World, secret: string): Stripe.PaymentIntent | undefined {
  const intent = ledger.intents.get(ledger.bankVisits.get(secret) ?? '');
  const isCurrent = intent?.next_action?.redirect_to_url?.url?.endsWith(secret) ?? false;
  return isCurrent ? intent : undefined;
}

/**
 * The shopper's action on the bank's page: approve takes the money, fail does not.
 * @returns where the browser goes next, if a return_url was given
 */
export function authenticate(
  world: World,
  intent: Stripe.PaymentIntent,
  approved: boolean,
): string | undefined {
  const returnUrl = intent.next_action?.redirect_to_url?.return_url;
  if (approved) charge(world, intent);
  else fail(world, intent);
  if (!returnUrl) return undefined;
  const url = new URL(returnUrl);
  url.searchParams.set('payment_intent', intent.id);
  url.searchParams.set('payment_intent_client_secret', intent.client_secret ?? '');
  url.searchParams.set('redirect_status', approved ? 'succeeded' : 'failed');
  return url.href;
}

function fail({ clock, emit }: World, intent: Stripe.PaymentIntent): void {
  intent.last_payment_error = {
    type: 'invalid_request_error',
    code: 'payment_intent_authentication_failure',
    doc_url: 'https://stripe.com/docs/error-codes/payment-intent-authentication-failure',
    message:
      'The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new ' +
      'PaymentMethod to attempt to fulfill this PaymentIntent again.',
    payment_method: paymentMethodDocument(idOf(intent.payment_method) ?? '', unixSeconds(clock)),
  };
  intent.status = 'requires_payment_method';
  intent.payment_method = null;
  intent.next_action = null;
  emit('payment_intent.payment_failed', intent);
}
