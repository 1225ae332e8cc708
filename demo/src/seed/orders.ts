import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Sql } from '@shopfast/db/client';
import { expireHold } from '@shopfast/db/orders/expire-hold';
import { purchase } from '@shopfast/db/orders/purchase';
import { findRoom } from '@shopfast/db/rooms';
import type { OrderState } from '@shopfast/kit/contracts/api';
import type { Network } from '../crowd/browser.ts';
import { Ledger } from '../crowd/ledger.ts';
import { type Crowd, claim, describe, join, sendOrder, waitForTurn } from '../crowd/shopper.ts';
import { SOLD_PRODUCT } from './products.ts';
import { SALE_ROOM } from './rooms.ts';
import { operate, type Target } from './target.ts';

const DECLINED = 'pm_card_chargeDeclined';
/** The bank asks the shopper, who does not answer. */
const UNANSWERED = 'pm_card_threeDSecureRequired';
const EVERY_MS = 200;

export type SeededOrder = { id: string; state: OrderState };

/** Buys like shoppers: one order in each state that shoppers and operators can reach. */
export async function makeOrders(target: Target, network: Network): Promise<SeededOrder[]> {
  const buyer = createBuyer(network);
  const orders = [
    buyer.buy('ann', 'pm_card_visa', 'paid'),
    buyer.buy('ben', 'pm_card_mastercard', 'paid'),
    buyer.buy('cat', DECLINED, 'payment_failed'),
    buyer.buy('dan', UNANSWERED, 'pending_payment'),
    buyer.buy('eve', UNANSWERED, 'cancelled'),
    buyer.buy('fay', 'pm_card_visa', 'paid').then(async (order) => {
      const body = { reason: 'It did not fit.' };
      await operate(target, 'POST', `/orders/${order.id}/refund`, { body });
      return await buyer.until(order, 'refunded');
    }),
  ];
  return await Promise.all(orders);
}

type Placed = SeededOrder & { token: string };

function createBuyer(network: Network) {
  const sale = { room: SALE_ROOM, productId: SOLD_PRODUCT, claimSeconds: 60 };
  const crowd: Crowd = { network, ledger: new Ledger(), sale, signal: new AbortController().signal };

  async function place(name: string, card: string): Promise<Placed> {
    const ticket = await join(crowd, SALE_ROOM);
    if (!ticket) throw new Error(`Nobody can join ${SALE_ROOM}.`);
    const turn = await waitForTurn(crowd, SALE_ROOM, ticket.ticket, 0);
    if (turn.outcome !== 'called') throw new Error(`Nobody was called in ${SALE_ROOM}: ${turn.outcome}.`);
    const reservation = await claim(crowd, SALE_ROOM, ticket.ticket);
    const email = `${name}-${randomUUID().slice(0, 8)}@example.com`;
    const placed = await sendOrder(crowd, reservation ?? {}, { email, card });
    if (placed.status !== 202) throw new Error(`No order of ${SALE_ROOM}: ${describe(placed)}`);
    const { id, state } = placed.body.order as SeededOrder;
    return { id, state, token: placed.body.order_token as string };
  }

  async function until(order: Placed, state: OrderState): Promise<Placed> {
    const headers = { authorization: `Bearer ${order.token}` };
    for (let now = order.state; now !== state; await wait(EVERY_MS)) {
      const answer = await network.send(`/v1/orders/${order.id}`, { headers });
      if (answer.status === 200) now = answer.body.state as OrderState;
    }
    return { ...order, state };
  }

  /** While a charge is in progress, an order cannot be cancelled. */
  async function cancel({ id, token }: Placed): Promise<void> {
    const headers = { authorization: `Bearer ${token}` };
    for (let status = 0; status !== 200; await wait(EVERY_MS))
      ({ status } = await network.send(`/v1/orders/${id}/cancel`, { method: 'POST', headers }));
  }

  async function buy(name: string, card: string, state: OrderState): Promise<Placed> {
    const order = await place(name, card);
    if (state === 'cancelled') await cancel(order);
    return await until(order, state);
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
