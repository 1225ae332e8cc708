import type { OrderAnswer, OrderRequest } from '@shopfast/kit/contracts/api';
import { describe } from '@shopfast/sandbox/shopper/answers';
import { CARDS, calls } from '@shopfast/sandbox/shopper/calls';
import { insist } from '@shopfast/sandbox/shopper/pause';
import { createShopper } from '@shopfast/sandbox/shopper/shopper';
import { ask, retryAfter, type Transport } from '@shopfast/sandbox/shopper/transport';
import type { APIRequestContext } from 'playwright-core';

/** A browser's own requests, or those of a client without a browser. Both keep their cookies. */
export type Buyer = {
  /** Leaves an older place, joins, waits and claims. @returns the reservation token */
  reserve(room: string): Promise<string>;
  /** @throws if it is refused */
  order(token: string, order: Order): Promise<OrderAnswer>;
};
export type Order = Partial<OrderRequest> & { product_id: string; email: string };

const LONGEST_WAIT_MS = 60_000;

/** Does over the API what a shopper's pages do, so that a test can start at a later state. */
export function buyerWith(requests: APIRequestContext, baseUrl: string): Buyer {
  const send: Transport = async ({ method, path, headers, body }) => {
    const answer = await requests.fetch(baseUrl + path, { method, headers, ...(body ? { data: body } : {}) });
    const retryAfterMs = retryAfter(answer.headers()['retry-after']);
    return { status: answer.status(), retryAfterMs, text: await answer.text() };
  };
  return {
    async reserve(room) {
      const shopper = createShopper({ room, send });
      await shopper.leave(null);
      const joined = await shopper.join();
      if (!joined.ok) throw new Error(`join of ${room}: ${describe(joined)}`);
      const signal = AbortSignal.timeout(LONGEST_WAIT_MS);
      const claimed = await insist(() => shopper.claim(null), { signal, everyMs: () => 100 });
      if (!claimed) throw new Error(`${room} did not call in ${LONGEST_WAIT_MS / 1_000} s`);
      return claimed.reservation_token;
    },
    async order(token, order) {
      const whole = { quantity: 1, payment_method: CARDS.good, ...order };
      const placed = await ask(send, calls.order({ token }, whole));
      if (!placed.ok) throw new Error(`order: ${describe(placed)}`);
      return placed.document;
    },
  };
}
