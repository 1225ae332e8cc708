import { storable } from '@shopfast/kit/contracts/text';
import { isWebAddress } from '@shopfast/kit/contracts/web-address';
import { z } from 'zod';
import type { Money, PaymentNews, PaymentOutcome, PaymentProvider } from './provider.ts';
import type { ResiliencePolicy } from './resilience-policy.ts';

export type HttpProviderConfig = {
  apiBase: string;
  key: string;
  timeoutMs: number;
  /** Sends requests; the network by default. */
  fetch?: typeof fetch | undefined;
};

const payment = z.object({
  id: z.string().min(1),
  state: z.enum(['open', 'succeeded', 'declined', 'requires_action', 'pending', 'cancelled', 'refunded']),
  reason: z.string().transform(storable).optional(),
  url: z.string().refine(isWebAddress, 'must be an http(s) address').optional(),
  /** Minor units. The received amount, as soon as it was received. */
  amount: z.number().int().optional(),
  currency: z.string().length(3).toUpperCase().optional(),
});
type Payment = z.output<typeof payment>;

const event = z.object({
  type: z.enum(['payment.succeeded', 'payment.declined', 'payment.cancelled', 'payment.refunded']),
  payment: payment
    .pick({ id: true, reason: true, amount: true, currency: true })
    .extend({ order_id: z.uuid() }),
});

/**
 * Payments through a small HTTP API in front of any payment service; see docs/payment-providers.md. Every call may be
 * repeated, so a lost answer is requested again.
 */
export function httpProvider(config: HttpProviderConfig, policy: ResiliencePolicy): PaymentProvider {
  const send = config.fetch ?? fetch;

  /** The payment as it is now; undefined for a refusal (422). Any other status is a failure of the service. */
  const ask = (method: string, path: string, body?: object): Promise<Payment | undefined> =>
    policy.run(async () => {
      const answer = await send(new URL(path, config.apiBase), {
        method,
        headers: { Authorization: `Bearer ${config.key}`, 'Content-Type': 'application/json' },
        ...(body ? { body: JSON.stringify(body) } : {}),
        signal: AbortSignal.timeout(config.timeoutMs),
      });
      const text = await answer.text();
      if (answer.status === 422) return undefined;
      if (!answer.ok) throw new Error(`the payment service answered ${answer.status} to ${method} ${path}`);
      return payment.parse(JSON.parse(text));
    });
  const path = (ref: string, verb = '') => `/payments/${encodeURIComponent(ref)}${verb}`;
  const settled = async (call: Promise<Payment | undefined>, ref: string): Promise<PaymentOutcome> =>
    toOutcome((await call) ?? (await ask('GET', path(ref))), ref);

  return {
    name: 'http',
    open: async ({ orderId, amount, currency, paymentMethod }) => {
      const wanted = { amount, currency, payment_method: paymentMethod };
      const opened = await ask('PUT', `/orders/${orderId}/payment`, wanted);
      return opened ? { ref: opened.id } : { declined: 'refused' };
    },
    confirm: (ref, returnUrl) => settled(ask('POST', path(ref, '/confirm'), { return_url: returnUrl }), ref),
    look: (ref) => settled(ask('GET', path(ref)), ref),
    cancel: (ref) => settled(ask('POST', path(ref, '/cancel')), ref),
    refund: async (ref) => {
      const refunded = await ask('PUT', path(ref, '/refund'));
      if (refunded?.state !== 'refunded') throw new Error(`payment ${ref} was not refunded`);
      return undefined;
    },
    readEvent: (payload): PaymentNews | undefined => {
      const known = event.safeParse(payload).data;
      if (!known) return undefined;
      const { id: ref, order_id: orderId, reason = 'declined' } = known.payment;
      const money = moneyOf(known.payment);
      switch (known.type) {
        case 'payment.succeeded':
          return { orderId, ref, outcome: { state: 'succeeded', money } };
        case 'payment.refunded':
          return { orderId, ref, outcome: { state: 'refunded', money, refunded: money?.amount ?? 0 } };
        case 'payment.declined':
          return { orderId, ref, outcome: { state: 'declined', reason } };
        case 'payment.cancelled':
          return { orderId, ref, outcome: { state: 'cancelled' } };
      }
    },
  };
}

const moneyOf = ({ amount, currency }: Pick<Payment, 'amount' | 'currency'>): Money | undefined =>
  amount === undefined || currency === undefined ? undefined : { amount, currency };

function toOutcome(found: Payment | undefined, ref: string): PaymentOutcome {
  switch (found?.state) {
    case 'declined':
      return { state: 'declined', reason: found.reason ?? 'declined' };
    case 'requires_action':
      return found.url ? { state: 'requires_action', url: found.url } : { state: 'pending' };
    case 'succeeded':
    case 'refunded':
      return { state: 'succeeded', money: moneyOf(found) };
    case 'pending':
    case 'cancelled':
      return { state: found.state };
    default:
      throw new Error(`payment ${ref} is in the unexpected state ${found?.state ?? 'unknown'}`);
  }
}
