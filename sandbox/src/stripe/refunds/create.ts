import type Stripe from 'stripe';
import { z } from 'zod';
import { invalidRequest, noSuch, readParameters, StripeRefusal } from '../errors.ts';
import { idOf, newId, unixSeconds, type World } from '../ledger.ts';

const parameters = z.strictObject({
  payment_intent: z.string().optional(),
  charge: z.string().optional(),
  amount: z.coerce.number().int().min(1).optional(),
  reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
  metadata: z.record(z.string().max(40), z.string().max(500)).default({}),
});

/** Refunds the rest of a charge, or `amount` of it. @throws StripeRefusal */
export function createRefund(world: World, given: unknown): Stripe.Refund {
  const wanted = readParameters(parameters, given);
  const charge = findCharge(world, wanted);
  const left = charge.amount - charge.amount_refunded;
  if (left === 0) throw refused('charge_already_refunded', `Charge ${charge.id} has already been refunded.`);
  const amount = wanted.amount ?? left;
  if (amount > left)
    throw refused(
      undefined,
      `Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`,
    );

  const refund = newRefund(world, charge, { ...wanted, amount });
  world.ledger.refunds.set(refund.id, refund);
  charge.amount_refunded += amount;
  charge.refunded = charge.amount_refunded === charge.amount;
  world.emit('charge.refunded', charge);
  world.emit('refund.created', refund);
  return refund;
}

function findCharge(
  { ledger }: World,
  wanted: { payment_intent?: string | undefined; charge?: string | undefined },
) {
  if (wanted.charge !== undefined) {
    const charge = ledger.charges.get(wanted.charge);
    if (!charge) throw noSuch('charge', wanted.charge, 'charge', 404);
    return charge;
  }
  if (wanted.payment_intent === undefined)
    throw invalidRequest(
      'One of the following params should be provided for this request: payment_intent or charge.',
    );
  const intent = ledger.intents.get(wanted.payment_intent);
  if (!intent) throw noSuch('payment_intent', wanted.payment_intent, 'payment_intent', 404);
  const charge = ledger.charges.get(idOf(intent.latest_charge) ?? '');
  if (intent.status !== 'succeeded' || !charge)
    throw refused(
      undefined,
      `This PaymentIntent (${intent.id}) does not have a successful charge to refund.`,
    );
  return charge;
}

function refused(code: string | undefined, message: string): StripeRefusal {
  return new StripeRefusal(400, { type: 'invalid_request_error', message, ...(code ? { code } : {}) });
}

type Wanted = { amount: number; reason?: Stripe.Refund.Reason | undefined; metadata: Record<string, string> };

function newRefund(
  { clock }: World,
  charge: Stripe.Charge,
  { amount, reason, metadata }: Wanted,
): Stripe.Refund {
  return {
    id: newId('re'),
    object: 'refund',
    amount,
    balance_transaction: newId('txn'),
    charge: charge.id,
    created: unixSeconds(clock),
    currency: charge.currency,
    customer: null,
    customer_account: null,
    metadata,
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: 'succeeded',
    transfer_reversal: null,
  };
}
