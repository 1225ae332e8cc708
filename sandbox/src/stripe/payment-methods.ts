import type Stripe from 'stripe';

export type Decline = { code: string; decline_code: string; message: string };

/** The result of a charge on a test payment method. */
export type Behaviour = { kind: 'succeeds' } | { kind: 'authenticates' } | ({ kind: 'declines' } & Decline);

const succeeds: Behaviour = { kind: 'succeeds' };
const authenticates: Behaviour = { kind: 'authenticates' };

const declines = (
  decline_code: string,
  message = 'Your card was declined.',
  code = 'card_declined',
): Behaviour => ({
  ...{ kind: 'declines', code, decline_code, message },
});

const generic = declines('generic_decline');
const noMoney = declines('insufficient_funds', 'Your card has insufficient funds.');

/** Stripe's own test payment methods, as in https://docs.stripe.com/testing. */
const behaviours = new Map<string, Behaviour>([
  ['pm_card_visa', succeeds],
  ['pm_card_visa_debit', succeeds],
  ['pm_card_mastercard', succeeds],
  ['pm_card_amex', succeeds],
  ['pm_card_us', succeeds],
  ['pm_card_chargeDeclined', generic],
  ['pm_card_visa_chargeDeclined', generic],
  ['pm_card_chargeCustomerFail', generic],
  ['pm_card_chargeDeclinedInsufficientFunds', noMoney],
  ['pm_card_visa_chargeDeclinedInsufficientFunds', noMoney],
  ['pm_card_chargeDeclinedLostCard', declines('lost_card')],
  ['pm_card_chargeDeclinedStolenCard', declines('stolen_card')],
  ['pm_card_chargeDeclinedFraudulent', declines('fraudulent')],
  ['pm_card_chargeDeclinedExpiredCard', declines('expired_card', 'Your card has expired.', 'expired_card')],
  [
    'pm_card_chargeDeclinedProcessingError',
    declines(
      'processing_error',
      'An error occurred while processing your card. Try again in a little bit.',
      'processing_error',
    ),
  ],
  ['pm_card_threeDSecureRequired', authenticates],
  ['pm_card_threeDSecure2Required', authenticates],
  ['pm_card_authenticationRequired', authenticates],
]);

/** Undefined for a payment method that does not exist. */
export const behaviourOf = (paymentMethod: string): Behaviour | undefined => behaviours.get(paymentMethod);

/** The payment method as errors show it. */
export function paymentMethodDocument(id: string, created: number): Stripe.PaymentMethod {
  return {
    id,
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: { address: null, email: null, name: null, phone: null, tax_id: null },
    card: {
      brand: 'visa',
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
      country: 'US',
      display_brand: 'visa',
      exp_month: 12,
      exp_year: new Date(created * 1_000).getUTCFullYear() + 2,
      funding: 'credit',
      generated_from: null,
      last4: '4242',
      networks: { available: ['visa'], preferred: null },
      regulated_status: 'unregulated',
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
    created,
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: 'card',
  };
}
