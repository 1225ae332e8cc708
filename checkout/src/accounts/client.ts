import { addressWithin, budgetKey, isLoopback, type TrustedProxies } from '@shopfast/kit/client-address';
import type { Context } from 'hono';

/** The key under which budgets count a client address. Null for this machine, which is exempt, as at the gateway. */
export function addressKey(c: Context, trusted: TrustedProxies): string | null {
  const address = addressWithin(trusted)(c);
  return address === null || isLoopback(address) ? null : budgetKey(address);
}
