import type Stripe from 'stripe';
import { StripeRefusal } from '../errors.ts';
import { idOf, newId, unixSeconds, type World } from '../ledger.ts';
import { type Decline, paymentMethodDocument } from '../payment-methods.ts';

/** Moves the money. The only place where a charge succeeds. */
export function charge(world: World, intent: Stripe.PaymentIntent): void {
  const taken = book(world, intent);
  intent.status = 'succeeded';
  intent.amount_received = intent.amount;
  intent.next_action = null;
  intent.latest_charge = taken.id;
  world.emit('charge.succeeded', taken);
  world.emit('payment_intent.succeeded', intent);
}

/** Records a failed charge; the payment waits for another payment method. @returns the answer for the caller: 402 */
export function decline(
  world: World,
  intent: Stripe.PaymentIntent,
  { code, decline_code, message }: Decline,
): StripeRefusal {
  const refused = book(world, intent, { code, decline_code, message });
  const method = paymentMethodDocument(idOf(intent.payment_method) ?? '', unixSeconds(world.clock));
  const refusal = new StripeRefusal(402, {
    ...{ type: 'card_error', code, decline_code, message },
    charge: refused.id,
    payment_intent: intent,
    payment_method: method,
  });
  intent.status = 'requires_payment_method';
  intent.payment_method = null;
  intent.next_action = null;
  intent.latest_charge = refused.id;
  const { payment_intent: _, ...lastError } = refusal.body;
  // The cast: the error of a declined card has the same fields in an answer and in a payment.
  intent.last_payment_error = lastError as Stripe.PaymentIntent.LastPaymentError;
  world.emit('charge.failed', refused);
  world.emit('payment_intent.payment_failed', intent);
  return refusal;
}

function book({ ledger, clock }: World, intent: Stripe.PaymentIntent, failure?: Decline): Stripe.Charge {
  const booked: Stripe.Charge = {
    id: newId('ch'),
    object: 'charge',
    amount: intent.amount,
    amount_captured: failure ? 0 : intent.amount,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: failure ? null : newId('txn'),
    billing_details: { address: null, email: null, name: null, phone: null, tax_id: null },
    calculated_statement_descriptor: 'SHOPFAST',
    captured: !failure,
    created: unixSeconds(clock),
    currency: intent.currency,
    customer: null,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: failure?.code ?? null,
    failure_message: failure?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: { ...intent.metadata },
    on_behalf_of: null,
    outcome: {
      advice_code: null,
      network_advice_code: null,
      network_decline_code: null,
      network_status: failure ? 'declined_by_network' : 'approved_by_network',
      reason: failure?.decline_code ?? null,
      risk_level: 'normal',
      seller_message: failure
        ? 'The bank did not return any further details with this decline.'
        : 'Payment complete.',
      type: failure ? 'issuer_declined' : 'authorized',
    },
    paid: !failure,
    payment_intent: intent.id,
    payment_method: idOf(intent.payment_method),
    payment_method_details: null,
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: failure ? 'failed' : 'succeeded',
    transfer_data: null,
    transfer_group: null,
  };
  ledger.charges.set(booked.id, booked);
  return booked;
}
