import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { OrderAnswer } from '@shopfast/kit/contracts/api';
import { type BuyerLog, jtiOf, newBuyerLog } from '@shopfast/sandbox/checker/buyers';

/** An admitted shopper, with the credentials for buying. */
export type Admitted = { token: string; binding: string };
export type Market = { gatewayUrl: string; room: string; productId: string; signal: AbortSignal };

const CARDS = {
  good: 'pm_card_visa',
  declined: 'pm_card_visa_chargeDeclined',
  unconfirmed: 'pm_card_authenticationRequired',
} as const;

const AT_ONCE = 50;
/** After this time the sender abandons a request and does not know its result. */
const PATIENCE_MS = 10_000;

/** Admits `count` shoppers to a room that calls everybody at once. */
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

/** These statuses say that this request was not processed; an earlier one may have been. */
const SEND_AGAIN = [408, 429];

/**
 * Buys with one token: sends the order, and repeats it with the same key until an answer settles it. A few shoppers use
 * a card that is declined or never confirmed; a few cancel at once.
 */
export async function buy(
  market: Market,
  admitted: Admitted,
  random: () => number,
  /** Called with the latency of the answer that accepted the order, ms. */
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

/** null: no answer, or an unreadable one. */
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
