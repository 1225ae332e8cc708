import { randomUUID } from 'node:crypto';
import type { TicketStatus } from '@shopfast/kit/contracts/api';
import { type BuyerLog, jtiOf, newBuyerLog } from '@shopfast/sandbox/checker/buyers';
import { describe, type Received, readAnswer } from '@shopfast/sandbox/shopper/answers';
import {
  CARDS,
  type Call,
  calls,
  oneOf,
  type Reservation,
  reservationOf,
  type ShopperRequest,
} from '@shopfast/sandbox/shopper/calls';
import { callIn } from '@shopfast/sandbox/shopper/shopper';
import { createAlarmClock } from './alarm-clock.ts';
import { CallLog, type Kind, type Outcome } from './call-log.ts';
import { type Connections, httpRequest, TIMED_OUT } from './connections.ts';
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
  reservation: Reservation;
  order: string;
  orderToken: string;
  key: string;
  buyer: BuyerLog | null;
};

/** One step: its request, and what becomes of the shopper with the answer. */
type Turn = {
  request: ShopperRequest;
  /** @returns how the request is counted, and the pause before the next step in ms */
  digest(received: Received): { outcome: Outcome; waitMs: number };
};
/** Refusals that leave the next step to the shopper. The log is checked for those that should not have come. */
type Refusals = { status: readonly number[]; next: (code: string) => number };

const KIND: Record<Exclude<Step, 'ended'>, Kind> = {
  ...{ join: 'join', poll: 'poll', return: 'return', leave_to_rejoin: 'leave', claim: 'claim' },
  ...{ order: 'order', order_status: 'order_status', leave: 'leave' },
};
const LOOKS_FOR_MS = 500;
const FOLLOW_EVERY_MS = 1_000;
const RETRY_MS = 1_000;
const MOST_SURPRISES = 20;
const NO_RESERVATION: Reservation = {};

/**
 * Shoppers as small state machines: each sends what is due, reads the answer, and schedules its next step. They use the
 * calls of the shopper client, but not its waiting loops: a pending promise for each of 100,000 shoppers would cost
 * more memory and processor time than the shop under test.
 */
export function createShoppers(config: GeneratorConfig, connections: Connections) {
  const { room } = config;
  const log = new CallLog();
  const shoppers: Shopper[] = [];
  const results = newGeneratorResults();
  let joined = 0;
  let ended = 0;
  const { host } = new URL(config.gateway);
  const startAt = performance.now() + (config.startsAt - Date.now());
  const clock = createAlarmClock((at) => {
    const shopper = shoppers[at];
    if (shopper) act(shopper, at);
  });

  for (let id = config.part; id < config.shoppers; id += config.parts) {
    const due = startAt + (id / config.shoppers) * config.arriveWithinMs;
    const behaviour = id % 50 === 7 ? 'returns' : id % 100 === 23 ? 'rejoins' : null;
    const none = { ticket: '', number: 0, order: '', orderToken: '', key: '', reservation: NO_RESERVATION };
    clock.set(shoppers.length, due);
    shoppers.push({ id, next: 'join', due, behaviour, ...none, buyer: null });
  }

  function act(shopper: Shopper, at: number): void {
    const step = shopper.next;
    if (step === 'ended') return;
    const { request, digest } = turnOf(shopper, step);
    connections.send(httpRequest(host, request), (received) => {
      const took = performance.now() - shopper.due;
      const { outcome, waitMs } = digest(received);
      log.add({
        ...{ shopper: shopper.id, kind: KIND[step], outcome, status: received.status },
        ...{ at: shopper.due - startAt, ms: took },
      });
      if (shopper.next === 'ended') {
        ended += 1;
        return;
      }
      shopper.due = performance.now() + waitMs;
      clock.set(at, shopper.due);
    });
  }

  function turnOf(shopper: Shopper, step: Exclude<Step, 'ended'>): Turn {
    const { ticket } = shopper;
    switch (step) {
      case 'join':
        return turn(shopper, calls.join(room, {}), (document) => {
          if (ticket === '') joined += 1;
          shopper.ticket = document.ticket;
          shopper.number = document.number ?? 0;
          return goOn(shopper, 'poll', document.poll_after_ms);
        });
      case 'return':
        return turn(shopper, calls.join(room, {}, ticket), (document) => hear(shopper, document));
      case 'poll':
        return turn(shopper, calls.status(room, ticket), (document) => hear(shopper, document));
      case 'claim':
        return turn(
          shopper,
          calls.claim(room, ticket),
          (document) => admitted(shopper, reservationOf(document)),
          { status: [409], next: () => goOn(shopper, 'poll') },
        );
      case 'leave': {
        const left = () => goOn(shopper, 'ended');
        return turn(shopper, calls.leave(room, ticket), left, { status: [404, 410], next: left });
      }
      case 'leave_to_rejoin': {
        const left = () => {
          results.rejoined.push(shopper.id);
          return goOn(shopper, 'join');
        };
        // Also when it is refused: then it succeeded before, and the answer was lost.
        return turn(shopper, calls.leave(room, ticket), left, { status: [404, 410], next: left });
      }
      case 'order': {
        const { reservation, buyer, key, id } = shopper;
        const order = oneOf(config.productId, `crowd-${id}@shopfast.example`, CARDS[buyer?.card ?? 'good']);
        return turn(
          shopper,
          calls.order(reservation, order, key),
          ({ order, order_token }) => {
            [shopper.order, shopper.orderToken] = [order.id, order_token];
            buyer?.accepted.push(order.id);
            return goOn(shopper, 'order_status', FOLLOW_EVERY_MS);
          },
          {
            status: [409],
            next: (code) => {
              buyer?.refused.push(code);
              return goOn(shopper, 'leave');
            },
          },
        );
      }
      case 'order_status':
        return turn(shopper, calls.orderStatus(shopper.order, shopper.orderToken), ({ state }) =>
          goOn(shopper, state === 'pending_payment' ? 'order_status' : 'ended', FOLLOW_EVERY_MS),
        );
    }
  }

  function turn<T>(
    shopper: Shopper,
    call: Call<T>,
    done: (document: T) => number,
    refusals?: Refusals,
  ): Turn {
    const digest: Turn['digest'] = (received) => {
      const { status, retryAfterMs } = received;
      if (status <= TIMED_OUT || status >= 500) {
        if (shopper.next === 'order' && shopper.buyer) shopper.buyer.unknown += 1;
        const isShed = status === 503 && retryAfterMs > 0;
        const outcome = status <= TIMED_OUT ? 'unknown' : isShed ? 'refused' : 'failed';
        return { outcome, waitMs: retryAfterMs || RETRY_MS };
      }
      const answer = readAnswer(call, received);
      if (answer.ok) return { outcome: 'ok', waitMs: done(answer.document) };
      if (refusals?.status.includes(status))
        return { outcome: 'refused', waitMs: refusals.next(answer.code) };
      surprise(`${shopper.next}: ${describe(answer)}`);
      if (status === 410 || status === 404) results.placesLost.push(`shopper ${shopper.id}`);
      return { outcome: 'failed', waitMs: goOn(shopper, 'ended') };
    };
    return { request: call, digest };
  }

  function goOn(shopper: Shopper, next: Step, waitMs = 0): number {
    shopper.next = next;
    return waitMs;
  }

  function hear(shopper: Shopper, status: TicketStatus): number {
    const { number, room_state, poll_after_ms } = status;
    if (number !== null) {
      if (shopper.number !== 0 && shopper.number !== number) results.numbersChanged += 1;
      shopper.number = number;
    }
    const called = callIn(status);
    if (called) {
      const at = called.claimBy - config.claimSeconds * 1_000;
      results.calls.push({ shopper: shopper.id, number: shopper.number, at });
      if (shopper.number % 40 !== 10) return goOn(shopper, 'claim');
      results.noShows += 1;
      return goOn(shopper, 'ended');
    }
    if (room_state === 'sold_out') {
      results.toldSoldOut += 1;
      return goOn(shopper, 'ended');
    }
    if (room_state !== 'open' || !shopper.behaviour) return goOn(shopper, 'poll', poll_after_ms);
    const next = shopper.behaviour === 'returns' ? 'return' : 'leave_to_rejoin';
    shopper.behaviour = null;
    return goOn(shopper, next, poll_after_ms);
  }

  function admitted(shopper: Shopper, reservation: Reservation & { token: string }): number {
    results.claimed.push(shopper.id);
    shopper.reservation = reservation;
    if (shopper.number % config.buysEvery !== 0) return goOn(shopper, 'leave', LOOKS_FOR_MS);
    const declined = hasBadCard(shopper.number / config.buysEvery);
    shopper.buyer = newBuyerLog(jtiOf(reservation.token), declined ? 'declined' : 'good');
    results.buyers.push(shopper.buyer);
    shopper.key = randomUUID();
    return goOn(shopper, 'order');
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

/** One in ten; the same shoppers in both shops. */
export const hasBadCard = (nth: number): boolean => nth % 10 === 5;
