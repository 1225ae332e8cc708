import { randomUUID } from 'node:crypto';
import { type BuyerLog, jtiOf, newBuyerLog } from '@shopfast/sandbox/checker/buyers';
import { createAlarmClock } from './alarm-clock.ts';
import { CallLog, type Kind, type Outcome } from './call-log.ts';
import { type Connections, type Reply, TIMED_OUT } from './connections.ts';
import { type GeneratorConfig, type GeneratorResults, newGeneratorResults } from './messages.ts';

type Step =
  | 'join'
  | 'poll'
  | 'return'
  | 'leave_to_rejoin'
  | 'claim'
  | 'order'
  | 'order_status'
  | 'leave'
  | 'ended';
type Shopper = {
  id: number;
  next: Step;
  /** When the next step is due, by performance.now(). */
  due: number;
  ticket: string;
  number: number;
  /** What it still does once the room is open. */
  behaviour: 'returns' | 'rejoins' | null;
  token: string;
  binding: string;
  order: string;
  orderToken: string;
  key: string;
  buyer: BuyerLog | null;
};

const KIND: Record<Exclude<Step, 'ended'>, Kind> = {
  ...{ join: 'join', poll: 'poll', return: 'return', leave_to_rejoin: 'leave', claim: 'claim' },
  ...{ order: 'order', order_status: 'order_status', leave: 'leave' },
};
const LOOKS_FOR_MS = 500;
const FOLLOW_EVERY_MS = 1_000;
const MOST_SURPRISES = 20;

export type Crowd = ReturnType<typeof createShoppers>;

/** Shoppers as small state machines: each sends what is due, reads the answer, and schedules its next step. */
export function createShoppers(config: GeneratorConfig, connections: Connections) {
  const log = new CallLog();
  const shoppers: Shopper[] = [];
  const results = newGeneratorResults();
  let joined = 0;
  let ended = 0;
  const { host } = new URL(config.gateway);
  const startAt = performance.now() + (config.startsAt - Date.now());
  const clock = createAlarmClock((at) => act(shoppers[at] as Shopper, at));
  const room = `/v1/rooms/${config.room}/tickets`;

  for (let id = config.part; id < config.shoppers; id += config.parts) {
    const due = startAt + (id / config.shoppers) * config.arriveWithinMs;
    const behaviour = id % 50 === 7 ? 'returns' : id % 100 === 23 ? 'rejoins' : null;
    const none = { ticket: '', number: 0, token: '', binding: '', order: '', orderToken: '', key: '' };
    clock.set(shoppers.length, due);
    shoppers.push({ id, next: 'join', due, behaviour, ...none, buyer: null });
  }

  function act(shopper: Shopper, at: number): void {
    const step = shopper.next;
    if (step === 'ended') return;
    connections.send(requestOf(shopper, step), (reply) => {
      const took = performance.now() - shopper.due;
      const outcome = outcomeOf(step, reply);
      log.add({
        ...{ shopper: shopper.id, kind: KIND[step], outcome, status: reply.status },
        ...{ at: shopper.due - startAt, ms: took },
      });
      const waitMs = digest(shopper, step, reply, outcome);
      if ((shopper.next as Step) === 'ended') {
        ended += 1;
        return;
      }
      shopper.due = performance.now() + waitMs;
      clock.set(at, shopper.due);
    });
  }

  function requestOf(shopper: Shopper, step: Exclude<Step, 'ended'>): string {
    const { ticket } = shopper;
    switch (step) {
      case 'join':
        return request('POST', room, '', '{}');
      case 'return':
        return request('POST', room, bearer(ticket), '{}');
      case 'poll':
        return request('GET', `${room}/me`, bearer(ticket));
      case 'claim':
        return request('POST', `${room}/me/claim`, bearer(ticket), '');
      case 'leave':
      case 'leave_to_rejoin':
        return request('DELETE', `${room}/me`, bearer(ticket));
      case 'order':
        return request(
          'POST',
          '/v1/orders',
          `${bearer(shopper.token)}X-Binding: ${shopper.binding}\r\nIdempotency-Key: ${shopper.key}\r\n`,
          JSON.stringify({
            ...{ product_id: config.productId, quantity: 1, email: `crowd-${shopper.id}@shopfast.example` },
            payment_method:
              shopper.buyer?.card === 'declined' ? 'pm_card_visa_chargeDeclined' : 'pm_card_visa',
          }),
        );
      case 'order_status':
        return request('GET', `/v1/orders/${shopper.order}`, bearer(shopper.orderToken));
    }
  }

  const request = (method: string, path: string, headers = '', body?: string) =>
    httpRequest(host, method, path, headers, body);

  /** Decides the next step. @returns its delay in ms */
  function digest(shopper: Shopper, step: Step, reply: Reply, outcome: Outcome): number {
    if (reply.status <= TIMED_OUT || reply.status >= 500) {
      if (step === 'order' && shopper.buyer) shopper.buyer.unknown += 1;
      return reply.retryAfterMs || 1_000;
    }
    const said = reply.body.startsWith('{') ? (JSON.parse(reply.body) as Record<string, unknown>) : {};
    if (outcome === 'failed') {
      surprise(`${step}: ${reply.status} ${String(said.code ?? '')}`);
      if (reply.status === 410 || reply.status === 404) results.placesLost.push(`shopper ${shopper.id}`);
      shopper.next = 'ended';
      return 0;
    }
    switch (step) {
      case 'join':
        if (shopper.ticket === '') joined += 1;
        shopper.ticket = said.ticket as string;
        shopper.number = (said.number as number | null) ?? 0;
        shopper.next = 'poll';
        return said.poll_after_ms as number;
      case 'return':
      case 'poll':
        return hear(shopper, said);
      case 'leave_to_rejoin':
        // Also when it is refused: then it succeeded before, and the answer was lost.
        results.rejoined.push(shopper.id);
        shopper.next = 'join';
        return 0;
      case 'claim':
        if (outcome === 'ok') return admitted(shopper, said);
        shopper.next = 'poll';
        return 0;
      case 'order':
        return ordered(shopper, reply.status, said);
      case 'order_status': {
        const { state } = (said.order ?? said) as { state: string };
        if (state !== 'pending_payment') shopper.next = 'ended';
        return FOLLOW_EVERY_MS;
      }
      default:
        shopper.next = 'ended';
        return 0;
    }
  }

  function hear(shopper: Shopper, said: Record<string, unknown>): number {
    const number = said.number as number | null;
    if (number !== null) {
      if (shopper.number !== 0 && shopper.number !== number) results.numbersChanged += 1;
      shopper.number = number;
    }
    if (said.state === 'called') {
      const at = Date.parse(said.claim_by as string) - config.claimSeconds * 1_000;
      results.calls.push({ shopper: shopper.id, number: shopper.number, at });
      if (shopper.number % 40 === 10) {
        results.noShows += 1;
        shopper.next = 'ended';
      } else shopper.next = 'claim';
      return 0;
    }
    if (said.room_state === 'sold_out') {
      results.toldSoldOut += 1;
      shopper.next = 'ended';
      return 0;
    }
    shopper.next = 'poll';
    if (said.room_state === 'open' && shopper.behaviour) {
      shopper.next = shopper.behaviour === 'returns' ? 'return' : 'leave_to_rejoin';
      shopper.behaviour = null;
    }
    return said.poll_after_ms as number;
  }

  function admitted(shopper: Shopper, said: Record<string, unknown>): number {
    results.claimed.push(shopper.id);
    shopper.token = said.reservation_token as string;
    shopper.binding = said.binding as string;
    const buys = shopper.number % config.buysEvery === 0;
    if (!buys) {
      shopper.next = 'leave';
      return LOOKS_FOR_MS;
    }
    const declined = hasBadCard(shopper.number / config.buysEvery);
    shopper.buyer = newBuyerLog(jtiOf(shopper.token), declined ? 'declined' : 'good');
    results.buyers.push(shopper.buyer);
    shopper.key = randomUUID();
    shopper.next = 'order';
    return 0;
  }

  function ordered(shopper: Shopper, status: number, said: Record<string, unknown>): number {
    if (status !== 202) {
      shopper.buyer?.refused.push(String(said.code));
      shopper.next = 'leave';
      return 0;
    }
    shopper.order = (said.order as { id: string }).id;
    shopper.orderToken = said.order_token as string;
    shopper.buyer?.accepted.push(shopper.order);
    shopper.next = 'order_status';
    return FOLLOW_EVERY_MS;
  }

  function surprise(what: string): void {
    if (results.surprises.length < MOST_SURPRISES) results.surprises.push(what);
  }

  return {
    log,
    get joined() {
      return joined;
    },
    get ended() {
      return ended;
    },
    size: shoppers.length,
    stop(): GeneratorResults {
      clock.stop();
      results.numbers = shoppers.map(({ id, number }) => [id, number]);
      results.unfinished = shoppers.length - ended;
      return results;
    },
  };
}

const bearer = (secret: string) => `Authorization: Bearer ${secret}\r\n`;

/**
 * Refusals that leave the next step to the shopper; the log is checked afterwards for refusals that should not have
 * come.
 */
const REFUSALS: Partial<Record<Step, readonly number[]>> = {
  ...{ order: [409], leave: [404, 410], leave_to_rejoin: [404, 410], claim: [409] },
};

function outcomeOf(step: Step, { status, retryAfterMs }: Reply): Outcome {
  if (status <= TIMED_OUT) return 'unknown';
  if (status < 300) return 'ok';
  if (status === 503 && retryAfterMs > 0) return 'refused';
  return REFUSALS[step]?.includes(status) ? 'refused' : 'failed';
}

/** One in ten; the same shoppers in both shops. */
export const hasBadCard = (nth: number): boolean => nth % 10 === 5;

export function httpRequest(host: string, method: string, path: string, headers = '', body?: string): string {
  const content =
    body === undefined
      ? ''
      : `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`;
  return `${method} ${path} HTTP/1.1\r\nHost: ${host}\r\n${headers}${content}\r\n${body ?? ''}`;
}
