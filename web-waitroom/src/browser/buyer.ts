import { setTimeout as wait } from 'node:timers/promises';
import type { ClaimAnswer, OrderAnswer } from '@shopfast/kit/contracts/api';
import type { APIRequestContext } from 'playwright-core';

/** A browser's own requests, or those of a client without a browser. Both keep their cookies. */
export type Buyer = {
  /** Leaves an older place, joins, waits and claims. @returns the reservation token */
  reserve(room: string): Promise<string>;
  /** @throws if it is refused */
  order(token: string, order: Order): Promise<OrderAnswer>;
};
export type Order = { product_id: string; email: string; quantity?: number; payment_method?: string };

/** Does over the API what a shopper's pages do, so that a test can start at a later state. */
export function buyerWith(requests: APIRequestContext, baseUrl: string): Buyer {
  const ask = async (method: string, path: string, options: object = {}) => {
    const answer = await requests.fetch(`${baseUrl}/v1/${path}`, { method, ...options });
    if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`);
    return answer.json();
  };
  return {
    async reserve(room) {
      const tickets = `rooms/${room}/tickets`;
      await requests.fetch(`${baseUrl}/v1/${tickets}/me`, { method: 'DELETE' });
      await ask('POST', tickets);
      while ((await ask('GET', `${tickets}/me`)).state === 'waiting') await wait(100);
      const { reservation_token: token }: ClaimAnswer = await ask('POST', `${tickets}/me/claim`);
      return token;
    },
    order: (token, order) =>
      ask('POST', 'orders', {
        headers: { authorization: `Bearer ${token}`, 'idempotency-key': crypto.randomUUID() },
        data: { quantity: 1, payment_method: 'pm_card_visa', ...order },
      }),
  };
}
