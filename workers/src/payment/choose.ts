import type { WorkersEnv } from '../env.ts';
import { httpProvider } from './http-provider.ts';
import type { PaymentProvider } from './provider.ts';
import type { ResiliencePolicy } from './resilience-policy.ts';
import { stripeProvider } from './stripe.ts';

/** The payment provider that the environment names. Add new providers here. */
export function chooseProvider(env: WorkersEnv, policy: ResiliencePolicy): PaymentProvider {
  const timeoutMs = env.PAYMENT_TIMEOUT_MS;
  switch (env.PAYMENT_PROVIDER) {
    case 'stripe':
      return stripeProvider(
        { secretKey: set(env.STRIPE_SECRET_KEY), apiBase: env.STRIPE_API_BASE, timeoutMs },
        policy,
      );
    case 'http':
      return httpProvider(
        { apiBase: set(env.PAYMENT_API_BASE), key: set(env.PAYMENT_API_KEY), timeoutMs },
        policy,
      );
  }
}

/** The environment's schema requires the variables of the chosen provider. */
function set(value: string | undefined): string {
  if (value === undefined) throw new Error('a variable of the payment provider is not set');
  return value;
}
