import { z } from 'zod';
import type { PaymentNews } from './provider.ts';

const metadata = z.object({ order_id: z.uuid() });
const intentOf = <Type extends string>(type: Type) =>
  z.object({
    type: z.literal(type),
    data: z.object({
      object: z.object({
        id: z.string(),
        metadata,
        last_payment_error: z
          .object({ code: z.string().optional(), decline_code: z.string().optional() })
          .nullish(),
      }),
    }),
  });

const known = z.discriminatedUnion('type', [
  intentOf('payment_intent.succeeded'),
  intentOf('payment_intent.payment_failed'),
  intentOf('payment_intent.canceled'),
  z.object({
    type: z.literal('charge.refunded'),
    data: z.object({
      object: z.object({
        metadata,
        payment_intent: z.string(),
        amount: z.number(),
        amount_refunded: z.number(),
      }),
    }),
  }),
]);

/** What an event of Stripe tells about an order; a refund of a part tells nothing. */
export function readStripeEvent(payload: unknown): PaymentNews | undefined {
  const event = known.safeParse(payload).data;
  if (!event) return undefined;
  const { type, data } = event;
  const orderId = data.object.metadata.order_id;
  if (type === 'charge.refunded') {
    const { payment_intent: ref, amount, amount_refunded } = data.object;
    return amount_refunded >= amount ? { orderId, ref, outcome: { state: 'refunded' } } : undefined;
  }
  const news = { orderId, ref: data.object.id };
  if (type === 'payment_intent.succeeded') return { ...news, outcome: { state: 'succeeded' } };
  if (type === 'payment_intent.canceled') return { ...news, outcome: { state: 'cancelled' } };
  const fault = data.object.last_payment_error;
  return {
    ...news,
    outcome: { state: 'declined', reason: fault?.decline_code ?? fault?.code ?? 'declined' },
  };
}
