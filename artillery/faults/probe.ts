import { randomUUID } from 'node:crypto';
import { oneOf, reservationOf } from '@shopfast/sandbox/shopper/calls';
import { insist } from '@shopfast/sandbox/shopper/pause';
import { createShopper } from '@shopfast/sandbox/shopper/shopper';
import { overFetch } from '@shopfast/sandbox/shopper/transport';
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

async function goThrough({ gatewayUrl, room, productId, signal }: Market): Promise<boolean> {
  const shopper = createShopper({ room, send: overFetch(gatewayUrl, { signal, patienceMs: PATIENCE_MS }) });
  const again = { signal, everyMs: () => AGAIN_MS };
  const joined = await insist(() => shopper.join({}), again);
  const claimed = joined && (await insist(() => shopper.claim(joined.ticket), again));
  if (!claimed) return false;
  const order = oneOf(productId, `probe-${randomUUID()}@example.com`);
  const key = randomUUID();
  return (await insist(() => shopper.order(reservationOf(claimed), order, key), again)) !== null;
}
