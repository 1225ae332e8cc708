import { z } from 'zod';
import type { Money, PaymentNews } from './provider.ts';

const metadata = z.object({ order_id: z.uuid() });
const currency = z.string().length(3).toUpperCase().optional();
const amount = z.number().int().optional();
const eventOf = <Type extends string, Thing extends z.ZodType>(type: Type, object: Thing) =>
  z.object({ type: z.literal(type), data: z.object({ object }) });

const intent = z.object({
  ...{ id: z.string(), metadata, amount_received: amount, currency },
  last_payment_error: z
    .object({ code: z.string().optional(), decline_code: z.string().optional() })
    .nullish(),
});
const refundedCharge = z.object({
  ...{ metadata, payment_intent: z.string(), amount, currency, amount_refunded: z.number().int() },
});
const refund = z.object({
  ...{ id: z.string(), payment_intent: z.string().nullish(), amount, currency, status: z.string().nullish() },
  failure_reason: z.string().nullish(),
});
const dispute = z.object({
  ...{ id: z.string(), payment_intent: z.string().nullish(), amount, currency, reason: z.string().nullish() },
});

const known = z.discriminatedUnion('type', [
  eventOf('payment_intent.succeeded', intent),
  eventOf('payment_intent.payment_failed', intent),
  eventOf('payment_intent.canceled', intent),
  eventOf('charge.refunded', refundedCharge),
  eventOf('refund.failed', refund),
  eventOf('charge.refund.updated', refund),
  eventOf('charge.dispute.created', dispute),
]);

/** What a Stripe event reports about an order, or about money that a person must look at. */
export function readStripeEvent(payload: unknown): PaymentNews | undefined {
  const event = known.safeParse(payload).data;
  if (!event) return undefined;
  switch (event.type) {
    case 'charge.refunded': {
      const { metadata, payment_intent: ref, amount_refunded: refunded, ...charge } = event.data.object;
      const money = moneyOf(charge.amount, charge.currency);
      return { orderId: metadata.order_id, ref, outcome: { state: 'refunded', money, refunded } };
    }
    case 'refund.failed':
    case 'charge.refund.updated': {
      const { id, payment_intent, status, failure_reason, ...refund } = event.data.object;
      if (status !== 'failed' && status !== 'canceled') return undefined;
      const sum = `${refund.amount ?? '?'} ${refund.currency ?? ''}`;
      const about = `refund ${id} of ${sum} (minor units) is ${status}: ${failure_reason ?? 'no reason given'}`;
      return { trouble: 'refund_failed', ref: payment_intent ?? 'unknown', about };
    }
    case 'charge.dispute.created': {
      const { id, payment_intent, reason, ...disputed } = event.data.object;
      const sum = `${disputed.amount ?? '?'} ${disputed.currency ?? ''}`;
      const about = `dispute ${id} of ${sum} (minor units): ${reason ?? 'no reason given'}`;
      return { trouble: 'disputed', ref: payment_intent ?? 'unknown', about };
    }
    default: {
      const { id: ref, metadata, last_payment_error: fault, ...intent } = event.data.object;
      const news = { orderId: metadata.order_id, ref };
      if (event.type === 'payment_intent.canceled') return { ...news, outcome: { state: 'cancelled' } };
      if (event.type === 'payment_intent.payment_failed') {
        const reason = fault?.decline_code ?? fault?.code ?? 'declined';
        return { ...news, outcome: { state: 'declined', reason } };
      }
      const money = moneyOf(intent.amount_received, intent.currency);
      return { ...news, outcome: { state: 'succeeded', money } };
    }
  }
}

const moneyOf = (amount: number | undefined, currency: string | undefined): Money | undefined =>
  amount === undefined || currency === undefined ? undefined : { amount, currency };
