import { randomUUID } from 'node:crypto';
import type { OrderAnswer } from '@shopfast/kit/contracts/api';
import { type BuyerLog, jtiOf, newBuyerLog } from '@shopfast/sandbox/checker/buyers';
import { CARDS, oneOf, type Reservation, reservationOf } from '@shopfast/sandbox/shopper/calls';
import { inPortions, joinMany } from '@shopfast/sandbox/shopper/many';
import { insist, pause } from '@shopfast/sandbox/shopper/pause';
import { createShopper, type Shopper } from '@shopfast/sandbox/shopper/shopper';
import { overFetch } from '@shopfast/sandbox/shopper/transport';

/** An admitted shopper, with the credentials for buying. */
export type Admitted = Reservation & { token: string };
export type Market = { gatewayUrl: string; room: string; productId: string; signal: AbortSignal };

/** After this time the sender abandons a request and does not know its result. */
const PATIENCE_MS = 10_000;

const shopperOf = ({ gatewayUrl, room, signal }: Market): Shopper =>
  createShopper({ room, send: overFetch(gatewayUrl, { signal, patienceMs: PATIENCE_MS }) });

/** Admits `count` shoppers to a room that calls everybody at once. */
export async function admit(market: Market, count: number): Promise<Admitted[]> {
  const shopper = shopperOf(market);
  const tickets = await joinMany(shopper, count);
  return inPortions(tickets, async (ticket) => {
    const claimed = await insist(() => shopper.claim(ticket), { signal: market.signal, everyMs: () => 50 });
    if (!claimed) throw new Error(`${market.room} did not admit everybody in time`);
    return reservationOf(claimed);
  });
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
  const shopper = shopperOf(market);
  const lot = random();
  const card = lot < 0.1 ? 'declined' : lot < 0.13 ? 'unconfirmed' : 'good';
  const cancels = random() < 0.05;
  const log = newBuyerLog(jtiOf(admitted.token), card);
  const order = oneOf(market.productId, `buyer-${randomUUID()}@example.com`, CARDS[card]);
  const key = randomUUID();
  while (!market.signal.aborted) {
    const sent = performance.now();
    const answer = await shopper.order(admitted, order, key);
    if (answer.ok) {
      accepted(performance.now() - sent);
      log.accepted.push(answer.document.order.id);
      if (cancels) await cancel(shopper, answer.document, log, market.signal);
      return log;
    }
    if (answer.status > 0 && answer.status < 500 && !SEND_AGAIN.includes(answer.status)) {
      log.refused.push(answer.code);
      return log;
    }
    log.unknown += 1;
    await pause(200 + random() * 600, market.signal);
  }
  return log;
}

async function cancel(shopper: Shopper, placed: OrderAnswer, log: BuyerLog, signal: AbortSignal) {
  while (!signal.aborted) {
    const answer = await shopper.cancel(placed);
    if (answer.ok) log.cancelled = true;
    if (answer.status > 0 && answer.status < 500) return;
    await pause(300, signal);
  }
}
