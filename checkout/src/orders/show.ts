import { type FoundOrder, findOrder } from '@shopfast/db/orders/find';
import { Problem } from '@shopfast/kit/errors';
import type { Checkout } from '../deps.ts';

/** @throws Problem `order_unknown`, `overloaded`, `unavailable` */
export async function showOrder({ sql, database }: Checkout, orderId: string): Promise<FoundOrder> {
  const order = await database.run(() => findOrder(sql, orderId));
  if (!order) throw new Problem('order_unknown');
  return order;
}
