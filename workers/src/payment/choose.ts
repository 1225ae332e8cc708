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
        { secretKey: env.STRIPE_SECRET_KEY as string, apiBase: env.STRIPE_API_BASE, timeoutMs },
        policy,
      );
    case 'http':
      return httpProvider(
        { apiBase: env.PAYMENT_API_BASE as string, key: env.PAYMENT_API_KEY as string, timeoutMs },
        policy,
      );
  }
}
