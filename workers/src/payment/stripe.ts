import { randomUUID } from 'node:crypto';
import { isWebAddress } from '@shopfast/kit/contracts/web-address';
import Stripe from 'stripe';
import type { PaymentOutcome, PaymentProvider } from './provider.ts';
import type { ResiliencePolicy } from './resilience-policy.ts';
import { readStripeEvent } from './stripe-events.ts';

export type StripeConfig = {
  secretKey: string;
  /** Another server with Stripe's API, such as http://127.0.0.1:4242. Undefined: Stripe itself. */
  apiBase?: string | undefined;
  timeoutMs: number;
  /** Sends requests; the network by default. */
  fetch?: typeof fetch | undefined;
};

type Refusal = Stripe.errors.StripeCardError | Stripe.errors.StripeInvalidRequestError;
type Answer<T> = { value: T; refusal?: never } | { value?: never; refusal: Refusal };
/**
 * An idempotency key that cannot be used again: Stripe repeats an earlier 5xx, or saw the key with other parameters.
 */
type StoredFailure = { stored: Stripe.errors.StripeError };

/** Payments through Stripe's PaymentIntents, each call inside the resilience policy. */
export function stripeProvider(config: StripeConfig, policy: ResiliencePolicy): PaymentProvider {
  const stripe = new Stripe(config.secretKey, {
    timeout: config.timeoutMs,
    maxNetworkRetries: 0,
    telemetry: false,
    ...addressOf(config.apiBase),
    ...(config.fetch ? { httpClient: Stripe.createFetchHttpClient(config.fetch) } : {}),
  });
  const ask = async <T>(call: () => Promise<T>): Promise<Answer<T>> => {
    const answer = await policy.run(() => answered(call));
    if ('stored' in answer) throw answer.stored;
    return answer;
  };
  /**
   * Stripe repeats its answer to a known idempotency key for 24 hours, even a 5xx, and refuses the key with other
   * parameters. Then a new key is needed. Only for calls that cannot move money twice.
   */
  const askWithKey = async <T>(key: string, call: (key: string) => Promise<T>): Promise<Answer<T>> => {
    const answer = await policy.run(() => answered(() => call(key)));
    return 'stored' in answer ? ask(() => call(`${key}_${randomUUID()}`)) : answer;
  };

  async function outcomeOf(ref: string, refusal?: Refusal): Promise<PaymentOutcome> {
    const { value: intent, refusal: unknown } = await ask(() => stripe.paymentIntents.retrieve(ref));
    if (unknown) throw unknown;
    const outcome = toOutcome(intent);
    if (outcome) return outcome;
    if (refusal) return { state: 'declined', reason: reasonOf(refusal) };
    throw new Error(`payment ${ref} is in the unexpected state ${intent.status}`);
  }

  return {
    name: 'stripe',
    open: async (request) => {
      const { value: intent, refusal } = await askWithKey(`order_${request.orderId}`, (idempotencyKey) =>
        stripe.paymentIntents.create(
          {
            amount: request.amount,
            currency: request.currency.toLowerCase(),
            payment_method: request.paymentMethod,
            allowed_payment_method_types: ['card'],
            metadata: { order_id: request.orderId },
          },
          { idempotencyKey },
        ),
      );
      return refusal ? { declined: reasonOf(refusal) } : { ref: intent.id };
    },

    confirm: async (ref, returnUrl) => {
      const { value: intent, refusal } = await ask(() =>
        stripe.paymentIntents.confirm(ref, { return_url: returnUrl }),
      );
      // The refusal may mean that an earlier call, whose answer was lost, settled it: read the state.
      const outcome = intent && toOutcome(intent);
      return outcome ?? outcomeOf(ref, refusal);
    },

    look: (ref) => outcomeOf(ref),

    cancel: async (ref) => {
      const { value: intent } = await ask(() => stripe.paymentIntents.cancel(ref));
      const outcome = intent && toOutcome(intent);
      return outcome ?? outcomeOf(ref);
    },

    refund: async (ref, orderId) => {
      const { refusal } = await askWithKey(`refund_${orderId}`, (idempotencyKey) =>
        stripe.refunds.create({ payment_intent: ref, metadata: { order_id: orderId } }, { idempotencyKey }),
      );
      if (!refusal || refusal.code === 'charge_already_refunded') return undefined;
      // The bank has the money and decides. No later attempt can refund it.
      if (refusal.code === 'charge_disputed') return { refused: refusal.code };
      throw refusal;
    },

    readEvent: readStripeEvent,
  };
}

function addressOf(apiBase: string | undefined): Partial<Stripe.StripeConfig> {
  if (!apiBase) return {};
  const { protocol, hostname, port } = new URL(apiBase);
  const scheme = protocol === 'http:' ? 'http' : 'https';
  return { host: hostname, port: port || (scheme === 'http' ? 80 : 443), protocol: scheme };
}

/** A refusal is an answer: the resilience policy must not count it as a failure of the provider. */
async function answered<T>(call: () => Promise<T>): Promise<Answer<T> | StoredFailure> {
  try {
    return { value: await call() };
  } catch (error) {
    if (
      error instanceof Stripe.errors.StripeCardError ||
      error instanceof Stripe.errors.StripeInvalidRequestError
    )
      return { refusal: error };
    // A 409 means: the first call with this key is still running, so the same key must be tried again later.
    if (error instanceof Stripe.errors.StripeIdempotencyError && error.statusCode === 400)
      return { stored: error };
    if (error instanceof Stripe.errors.StripeError && error.headers?.['idempotent-replayed'] === 'true')
      return { stored: error };
    throw error;
  }
}

function toOutcome(intent: Stripe.PaymentIntent): PaymentOutcome | undefined {
  switch (intent.status) {
    case 'succeeded':
      return {
        state: 'succeeded',
        money: { amount: intent.amount_received, currency: intent.currency.toUpperCase() },
      };
    case 'canceled':
      return { state: 'cancelled' };
    case 'processing':
      return { state: 'pending' };
    case 'requires_action': {
      const url = intent.next_action?.redirect_to_url?.url;
      return isWebAddress(url) ? { state: 'requires_action', url } : { state: 'pending' };
    }
    case 'requires_payment_method': {
      const fault = intent.last_payment_error;
      return { state: 'declined', reason: fault?.decline_code ?? fault?.code ?? 'declined' };
    }
    default:
      return undefined;
  }
}

function reasonOf(refusal: Refusal): string {
  return refusal.decline_code ?? refusal.code ?? 'refused';
}
