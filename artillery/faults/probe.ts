import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Market } from './buyer.ts';

const PROBES = 4;
const PATIENCE_MS = 2_000;
const AGAIN_MS = 100;

/**
 * Sends a few shoppers through a room that admits everybody, and repeats each step until it succeeds: join, claim,
 * order.
 * @returns how long it took until all had an order, ms; null: not in time
 */
export async function untilServed(market: Market, withinMs: number): Promise<number | null> {
  const started = performance.now();
  const signal = AbortSignal.any([market.signal, AbortSignal.timeout(withinMs)]);
  const served = await Promise.all(Array.from({ length: PROBES }, () => goThrough({ ...market, signal })));
  return served.every(Boolean) ? Math.round(performance.now() - started) : null;
}

async function goThrough(market: Market): Promise<boolean> {
  const tickets = `/v1/rooms/${market.room}/tickets`;
  const joined = await insist(market, tickets, {}, '{}');
  const claimed = await insist(market, `${tickets}/me/claim`, { authorization: `Bearer ${joined?.ticket}` });
  const order = {
    product_id: market.productId,
    quantity: 1,
    email: `probe-${randomUUID()}@example.com`,
    payment_method: 'pm_card_visa',
  };
  const headers = {
    authorization: `Bearer ${claimed?.reservation_token}`,
    'x-binding': String(claimed?.binding),
    'idempotency-key': randomUUID(),
  };
  return (await insist(market, '/v1/orders', headers, JSON.stringify(order))) !== null;
}

type Body = Record<string, unknown>;

/** Repeats a request until it succeeds; null when the time is over. */
async function insist(
  { gatewayUrl, signal }: Market,
  path: string,
  headers: Record<string, string>,
  body?: string,
): Promise<Body | null> {
  while (!signal.aborted) {
    try {
      const answer = await fetch(gatewayUrl + path, {
        method: 'POST',
        headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
        ...(body ? { body } : {}),
        signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
      });
      const said = (await answer.json()) as Body;
      if (answer.ok) return said;
    } catch {
      // No answer, or a partial one: try again.
    }
    await wait(AGAIN_MS, undefined, { signal }).catch(() => undefined);
  }
  return null;
}
