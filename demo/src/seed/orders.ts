import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Sql } from '@shopfast/db/client';
import { expireHold } from '@shopfast/db/orders/expire-hold';
import { purchase } from '@shopfast/db/orders/purchase';
import { findRoom } from '@shopfast/db/rooms';
import type { OrderAnswer, OrderState } from '@shopfast/kit/contracts/api';
import { describe } from '@shopfast/sandbox/shopper/answers';
import { CARDS, oneOf } from '@shopfast/sandbox/shopper/calls';
import { insist } from '@shopfast/sandbox/shopper/pause';
import { createShopper } from '@shopfast/sandbox/shopper/shopper';
import type { Transport } from '@shopfast/sandbox/shopper/transport';
import { Ledger } from '../crowd/ledger.ts';
import { reserve } from '../crowd/reserve.ts';
import { SOLD_PRODUCT } from './products.ts';
import { SALE_ROOM } from './rooms.ts';
import { operate, type Target } from './target.ts';

/** The bank asks the shopper, who does not answer. */
const UNANSWERED = 'pm_card_threeDSecureRequired';
const EVERY_MS = 200;

export type SeededOrder = { id: string; state: OrderState };

/** Buys like shoppers: one order in each state that shoppers and operators can reach. */
export async function makeOrders(target: Target, send: Transport): Promise<SeededOrder[]> {
  const buyer = createBuyer(send);
  const orders = [
    buyer.buy('ann', CARDS.good, 'paid'),
    buyer.buy('ben', 'pm_card_mastercard', 'paid'),
    buyer.buy('cat', CARDS.declined, 'payment_failed'),
    buyer.buy('dan', UNANSWERED, 'pending_payment'),
    buyer.buy('eve', UNANSWERED, 'cancelled'),
    buyer.buy('fay', CARDS.good, 'paid').then(async (placed) => {
      const body = { reason: 'It did not fit.' };
      await operate(target, 'POST', `/orders/${placed.order.id}/refund`, { body });
      return await buyer.until(placed, 'refunded');
    }),
  ];
  return (await Promise.all(orders)).map(({ order }) => order);
}

function createBuyer(send: Transport) {
  const shopper = createShopper({ room: SALE_ROOM, send });
  const { signal } = new AbortController();

  async function place(name: string, card: string): Promise<OrderAnswer> {
    const ledger = new Ledger();
    const reservation = await reserve({ ledger, signal }, shopper);
    if (!reservation) throw new Error(`Nobody was admitted to ${SALE_ROOM}: ${ledger.surprises[0]}`);
    const email = `${name}-${randomUUID().slice(0, 8)}@example.com`;
    const placed = await shopper.order(reservation, oneOf(SOLD_PRODUCT, email, card));
    if (!placed.ok) throw new Error(`No order of ${SALE_ROOM}: ${describe(placed)}`);
    return placed.document;
  }

  async function until(placed: OrderAnswer, state: OrderState): Promise<OrderAnswer> {
    let { order } = placed;
    for (; order.state !== state; await wait(EVERY_MS)) {
      const answer = await shopper.orderStatus(placed);
      if (answer.ok) order = answer.document;
    }
    return { ...placed, order };
  }

  async function buy(name: string, card: string, state: OrderState): Promise<OrderAnswer> {
    const placed = await place(name, card);
    // While a charge is in progress, an order cannot be cancelled.
    if (state === 'cancelled')
      await insist(() => shopper.cancel(placed), { signal, everyMs: () => EVERY_MS });
    return await until(placed, state);
  }
  return { buy, until };
}

/** An order whose time to pay ended ten minutes ago. No API call can create it. */
export async function makeExpiredOrder(sql: Sql): Promise<SeededOrder> {
  const room = await findRoom(sql, SALE_ROOM);
  if (!room) throw new Error(`There is no room ${SALE_ROOM}.`);
  const orderId = randomUUID();
  const holdUntil = new Date(Date.now() - 600_000);
  const bought = await purchase(sql, {
    ...{ orderId, jti: randomUUID(), ticketId: 'seed', room: SALE_ROOM, epoch: room.epoch, number: 1 },
    ...{ items: [{ productId: SOLD_PRODUCT, quantity: 1, quotedPrice: null }], tax: 0, shipping: 0 },
    ...{ destination: null, email: `gus-${orderId.slice(0, 8)}@example.com`, userId: null },
    ...{ paymentMethod: UNANSWERED, idempotencyKey: null, requestHash: 'seed', locale: null },
    ...{ holdUntil, now: new Date(holdUntil.getTime() - 600_000) },
  });
  if (bought.outcome !== 'placed') throw new Error(`No expired order: ${bought.outcome}`);
  // The workers may be charging it now; then the hold stays until they know the result.
  for (let outcome = ''; outcome !== 'expired' && outcome !== 'already_ended'; await wait(EVERY_MS))
    outcome = await expireHold(sql, { orderId, now: new Date(holdUntil.getTime() + 1_000) });
  return { id: orderId, state: 'expired' };
}
