import type { Received } from '@shopfast/sandbox/shopper/answers';
import { CARDS, oneOf } from '@shopfast/sandbox/shopper/calls';
import { createAlarmClock } from '../crowd/alarm-clock.ts';
import { CallLog, type Kind, type Outcome } from '../crowd/call-log.ts';
import { type Connections, httpRequest, TIMED_OUT } from '../crowd/connections.ts';
import { type GeneratorConfig, newGeneratorResults } from '../crowd/messages.ts';
import { hasBadCard } from '../crowd/shoppers.ts';

/** Shoppers of a shop without a waiting room: each reads the product, presses "Buy" once, and waits for the answer. */
export function createPressers(orders: GeneratorConfig, connections: Connections) {
  const log = new CallLog();
  const results = newGeneratorResults();
  const { host } = new URL(orders.gateway);
  const startAt = performance.now() + (orders.startsAt - Date.now());
  const clock = createAlarmClock((at) => come(orders.part + at * orders.parts));
  const size = Math.ceil((orders.shoppers - orders.part) / orders.parts);
  let joined = 0;
  let ended = 0;
  const dueOf = (shopper: number) => startAt + (shopper / orders.shoppers) * orders.arriveWithinMs;
  for (let at = 0; at < size; at += 1) clock.set(at, dueOf(orders.part + at * orders.parts));

  function come(shopper: number): void {
    joined += 1;
    const look = httpRequest(host, { method: 'GET', path: `/products/${orders.productId}`, headers: {} });
    send(shopper, 'look', look, dueOf(shopper), (reply) => {
      if (reply.status === 200) press(shopper);
      else ended += 1;
    });
  }

  function press(shopper: number): void {
    const card = CARDS[hasBadCard(shopper) ? 'declined' : 'good'];
    const body = oneOf(orders.productId, `crowd-${shopper}@shopfast.example`, card);
    const order = httpRequest(host, { method: 'POST', path: '/orders', headers: {}, body });
    send(shopper, 'order', order, performance.now(), () => {
      ended += 1;
    });
  }

  function send(
    shopper: number,
    kind: Kind,
    text: string,
    due: number,
    then: (reply: Received) => void,
  ): void {
    connections.send(text, (reply) => {
      log.add({
        ...{ shopper, kind, outcome: outcomeOf(reply), status: reply.status },
        ...{ at: due - startAt, ms: performance.now() - due },
      });
      then(reply);
    });
  }

  return {
    log,
    get joined() {
      return joined;
    },
    get ended() {
      return ended;
    },
    size,
    stop: () => {
      clock.stop();
      results.unfinished = size - ended;
      return results;
    },
  };
}

/** Refusals: sold out, or a declined card. */
const REFUSALS = [402, 409];

function outcomeOf({ status }: Received): Outcome {
  if (status <= TIMED_OUT) return 'unknown';
  if (status < 300) return 'ok';
  return REFUSALS.includes(status) ? 'refused' : 'failed';
}
