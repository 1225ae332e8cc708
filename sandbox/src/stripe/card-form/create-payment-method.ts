import type Stripe from 'stripe';
import { z } from 'zod';
import { invalidRequest, readParameters, StripeRefusal } from '../errors.ts';
import { newId, unixSeconds, type World } from '../ledger.ts';
import { paymentMethodDocument } from '../payment-methods.ts';
import { testMethodOf } from './routes.ts';

const parameters = z.strictObject({
  type: z.literal('card'),
  card: z.strictObject({
    number: z.string().regex(/^\d{12,19}$/),
    exp_month: z.coerce.number().int().min(1).max(12),
    exp_year: z.coerce.number().int().min(2000).max(2100),
    cvc: z.string().regex(/^\d{3,4}$/),
  }),
  /** The publishable key: browsers have no other. */
  key: z.string(),
});

/**
 * Exchanges a card for a payment method, for a browser.
 * @throws StripeRefusal for a key that is not publishable, and for a card that is not a test card
 */
export function createPaymentMethod({ ledger, clock }: World, given: unknown): Stripe.PaymentMethod {
  const { card, key } = readParameters(parameters, given);
  if (!/^pk_test_\w+$/.test(key))
    throw new StripeRefusal(
      401,
      { type: 'invalid_request_error', message: 'Invalid API Key provided.' },
      false,
    );
  const method = testMethodOf(card.number);
  if (!method)
    throw new StripeRefusal(402, {
      type: 'card_error',
      code: 'card_declined',
      decline_code: 'test_mode_live_card',
      message: 'Your card was declined. Your request was in test mode, but used a non test card.',
    });
  const created = unixSeconds(clock);
  if (card.exp_year < new Date(created * 1_000).getUTCFullYear())
    throw invalidRequest('Your card’s expiration year is invalid.', { code: 'invalid_expiry_year' });
  const id = newId('pm');
  ledger.cards.set(id, method);
  return paymentMethodDocument(id, created);
}
