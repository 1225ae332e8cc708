import type Stripe from 'stripe';
import { z } from 'zod';
import { knownMethod } from '../card-form/routes.ts';
import { invalidRequest, noSuch, readParameters } from '../errors.ts';
import { newId, unixSeconds, type World } from '../ledger.ts';
import { behaviourOf } from '../payment-methods.ts';
import { confirmation, confirmIntent } from './confirm.ts';

const cardOnly = z.array(z.literal('card')).min(1);

const parameters = z.strictObject({
  amount: z.coerce.number().int().min(1).max(99_999_999),
  currency: z.string().regex(/^[a-z]{3}$/, 'must be a three-letter currency in lower case'),
  payment_method: z.string().optional(),
  payment_method_types: cardOnly.optional(),
  allowed_payment_method_types: cardOnly.optional(),
  confirm: z.stringbool().default(false),
  capture_method: z.enum(['automatic', 'automatic_async']).default('automatic_async'),
  metadata: z.record(z.string().max(40), z.string().max(500)).default({}),
  description: z.string().max(1_000).optional(),
  receipt_email: z.email().optional(),
  ...confirmation,
});

/**
 * Opens a payment; with `confirm`, also takes the money.
 * @param bankUrl makes the address of the bank's page for a shopper who must go there
 * @throws StripeRefusal
 */
export function createIntent(
  world: World,
  given: unknown,
  bankUrl: (secret: string) => string,
): Stripe.PaymentIntent {
  const { confirm, return_url, off_session, error_on_requires_action, ...wanted } = readParameters(
    parameters,
    given,
  );
  const method = wanted.payment_method;
  if (method !== undefined && !behaviourOf(knownMethod(world.ledger, method)))
    throw noSuch('PaymentMethod', method, 'payment_method', 400);
  if (return_url && !confirm)
    throw invalidRequest(
      'The parameter `return_url` cannot be passed when creating a PaymentIntent unless `confirm` is set to true.',
      {
        param: 'return_url',
      },
    );

  const intent = newIntent(world, wanted);
  world.ledger.intents.set(intent.id, intent);
  world.emit('payment_intent.created', intent);
  if (confirm) confirmIntent(world, intent, { return_url, off_session, error_on_requires_action }, bankUrl);
  return intent;
}

type Wanted = Pick<
  z.output<typeof parameters>,
  | 'amount'
  | 'currency'
  | 'payment_method'
  | 'allowed_payment_method_types'
  | 'capture_method'
  | 'metadata'
  | 'description'
  | 'receipt_email'
>;

function newIntent({ clock }: World, wanted: Wanted): Stripe.PaymentIntent {
  const id = newId('pi');
  return {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: wanted.allowed_payment_method_types ?? null,
    amount: wanted.amount,
    amount_capturable: 0,
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: wanted.capture_method,
    client_secret: newId(`${id}_secret`),
    confirmation_method: 'automatic',
    created: unixSeconds(clock),
    currency: wanted.currency,
    customer: null,
    customer_account: null,
    description: wanted.description ?? null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: wanted.metadata,
    next_action: null,
    on_behalf_of: null,
    payment_method: wanted.payment_method ?? null,
    payment_method_configuration_details: null,
    payment_method_options: {
      card: { installments: null, mandate_options: null, network: null, request_three_d_secure: 'automatic' },
    },
    payment_method_types: ['card'],
    payment_record: null,
    processing: null,
    receipt_email: wanted.receipt_email ?? null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: wanted.payment_method ? 'requires_confirmation' : 'requires_payment_method',
    transfer_group: null,
  };
}
