import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { OrderAnswer } from '@shopfast/kit/contracts/api';
import { type BuyerLog, jtiOf, newBuyerLog } from '@shopfast/sandbox/checker/buyers';

/** Somebody who was admitted, and what buying needs. */
export type Admitted = { token: string; binding: string };
export type Market = { gatewayUrl: string; room: string; productId: string; signal: AbortSignal };

const CARDS = {
  good: 'pm_card_visa',
  declined: 'pm_card_visa_chargeDeclined',
  unconfirmed: 'pm_card_authenticationRequired',
} as const;

const AT_ONCE = 50;
/** A request under way for so long is given up by its sender, who then does not know. */
const PATIENCE_MS = 10_000;

/** Lets `count` people into a room whose visitors are all called at once. */
export async function admit(market: Market, count: number): Promise<Admitted[]> {
  const { gatewayUrl, room, signal } = market;
  const rooms = `${gatewayUrl}/v1/rooms/${room}/tickets`;
  const tickets = await inPortions(count, async () => {
    const joined = await fetch(rooms, { method: 'POST', signal });
    return ((await joined.json()) as { ticket: string }).ticket;
  });
  return inPortions(count, async (at) => {
    for (;;) {
      const headers = { authorization: `Bearer ${tickets[at]}` };
      const claimed = await fetch(`${rooms}/me/claim`, { method: 'POST', headers, signal });
      const body = (await claimed.json()) as { reservation_token: string; binding: string };
      if (claimed.status === 200) return { token: body.reservation_token, binding: body.binding };
      await wait(50, undefined, { signal });
    }
  });
}

async function inPortions<T>(count: number, one: (at: number) => Promise<T>): Promise<T[]> {
  const all: T[] = [];
  for (let from = 0; from < count; from += AT_ONCE) {
    const size = Math.min(AT_ONCE, count - from);
    all.push(...(await Promise.all(Array.from({ length: size }, (_, at) => one(from + at)))));
  }
  return all;
}

/** They say that this request was not looked at; one before it may have been. */
const SEND_AGAIN = [408, 429];

/**
 * Buys with one token: sends the order, and the same order again under the same key until there is an answer that settles
 * it. A few pay with a card that is declined, or that they never confirm; a few cancel at once.
 */
export async function buy(
  market: Market,
  admitted: Admitted,
  random: () => number,
  /** Told how long the answer took that accepted the order, ms. */
  accepted: (ms: number) => void = () => {},
): Promise<BuyerLog> {
  const lot = random();
  const card = lot < 0.1 ? 'declined' : lot < 0.13 ? 'unconfirmed' : 'good';
  const cancels = random() < 0.05;
  const log = newBuyerLog(jtiOf(admitted.token), card);
  const order = {
    method: 'POST',
    headers: {
      authorization: `Bearer ${admitted.token}`,
      'x-binding': admitted.binding,
      'idempotency-key': randomUUID(),
      'content-type': 'application/json',
    },
    body: JSON.stringify({
      product_id: market.productId,
      quantity: 1,
      email: `buyer-${randomUUID()}@example.com`,
      payment_method: CARDS[card],
    }),
  };
  while (!market.signal.aborted) {
    const sent = performance.now();
    const answer = await send(market, '/v1/orders', order);
    if (answer?.status === 202) {
      accepted(performance.now() - sent);
      const placed = answer.body as OrderAnswer;
      log.accepted.push(placed.order.id);
      if (cancels) await cancel(market, placed, log);
      return log;
    }
    if (answer && answer.status < 500 && !SEND_AGAIN.includes(answer.status)) {
      log.refused.push((answer.body as { code: string }).code);
      return log;
    }
    log.unknown += 1;
    await pause(market, 200 + random() * 600);
  }
  return log;
}

async function cancel(market: Market, placed: OrderAnswer, log: BuyerLog): Promise<void> {
  const request = { method: 'POST', headers: { authorization: `Bearer ${placed.order_token}` } };
  while (!market.signal.aborted) {
    const answer = await send(market, `/v1/orders/${placed.order.id}/cancel`, request);
    if (answer?.status === 200) log.cancelled = true;
    if (answer && answer.status < 500) return;
    await pause(market, 300);
  }
}

/** null: no answer came, or none that could be read. */
async function send({ gatewayUrl, signal }: Market, path: string, request: RequestInit) {
  try {
    const answer = await fetch(gatewayUrl + path, {
      ...request,
      signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
    });
    return { status: answer.status, body: (await answer.json()) as unknown };
  } catch {
    return null;
  }
}

const pause = ({ signal }: Market, ms: number) => wait(ms, undefined, { signal }).catch(() => undefined);
