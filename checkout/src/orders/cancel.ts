import { cancelOrder } from '@shopfast/db/orders/cancel';
import type { FoundOrder } from '@shopfast/db/orders/find';
import { Problem } from '@shopfast/kit/errors';
import type { Checkout } from '../deps.ts';
import { showOrder } from './show.ts';

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
