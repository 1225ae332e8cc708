import type { HttpBindings } from '@hono/node-server';
import { budgetKey, clientAddress, isLoopback, type TrustedProxies } from '@shopfast/kit/client-address';
import type { Context } from 'hono';

/** Under which name a request's address has its budgets; null for this machine, which is exempt as at the gateway. */
export function addressKey(c: Context, trusted: TrustedProxies): string | null {
  const incoming = (c.env as Partial<HttpBindings> | undefined)?.incoming;
  if (!incoming) return null;
  const forwardedFor = incoming.headers['x-forwarded-for'] as string | undefined;
  const address = clientAddress(incoming.socket.remoteAddress, forwardedFor, trusted);
  return address === null || isLoopback(address) ? null : budgetKey(address);
}
