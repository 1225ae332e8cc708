import { cancelOrder } from '@shopfast/db/orders/cancel';
import { type FoundOrder, findOrder } from '@shopfast/db/orders/find';
import { Problem } from '@shopfast/kit/errors';
import { bearer } from '@shopfast/kit/http';
import { refuseOtherOrigins } from '@shopfast/kit/same-origin';
import type { Context } from 'hono';
import { sessionTokenOf } from '../accounts/session.ts';
import type { Checkout } from '../deps.ts';
import { opensOrder } from './order-answer.ts';

/**
 * Returns the order to the holder of its token or to its signed-in buyer. All others get the same answer for every id,
 * so nobody can find out which orders exist. One statement reads session and order, so an ended session shows nothing.
 * @throws Problem `order_forbidden`, `order_unknown`, `origin_forbidden`, `overloaded`, `unavailable`
 */
export async function ownOrder(checkout: Checkout, c: Context, orderId: string): Promise<FoundOrder> {
  const token = bearer(c);
  if (opensOrder(checkout.config.orderSecret, orderId, token)) return showOrder(checkout, orderId);
  const sessionToken =
    token === undefined ? await sessionTokenOf(checkout.accounts, c.req.header('cookie')) : null;
  if (sessionToken === null) throw new Problem('order_forbidden');
  refuseOtherOrigins(c, checkout.accounts.origin);
  const { sql, clock, database } = checkout;
  const session = { token: sessionToken, now: new Date(clock.now()) };
  const order = await database.run(() => findOrder(sql, orderId, session));
  if (!order) throw new Problem('order_forbidden');
  return order;
}

/** @throws Problem `order_unknown`, `overloaded`, `unavailable` */
export async function showOrder({ sql, database }: Checkout, orderId: string): Promise<FoundOrder> {
  const order = await database.run(() => findOrder(sql, orderId));
  if (!order) throw new Problem('order_unknown');
  return order;
}

/**
 * Cancels an unpaid order. A repeated call has no effect.
 * @throws Problem `order_not_cancellable`, `order_unknown`, `overloaded`, `unavailable`
 */
export async function cancelAndShow(checkout: Checkout, orderId: string): Promise<FoundOrder> {
  const { sql, clock, database } = checkout;
  const outcome = await database.run(() => cancelOrder(sql, { orderId, now: new Date(clock.now()) }));
  if (outcome === 'not_cancellable') throw new Problem('order_not_cancellable');
  return showOrder(checkout, orderId);
}
