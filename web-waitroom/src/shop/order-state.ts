import type { OrderDocument } from '@shopfast/kit/contracts/api';

/** What the page says of an order: its state, or that the bank waits for the shopper. */
export type Shown = OrderDocument['state'] | 'action_needed';

export function shownState(order: Pick<OrderDocument, 'state' | 'action_url'>): Shown {
  return order.state === 'pending_payment' && order.action_url ? 'action_needed' : order.state;
}

/** An order in the cache of answers. */
export const orderName = (id: string) => ['order', id];

/** Pauses between questions about an order under way: quick at first, when most payments end; null once it is final. */
export function orderPauseMs(order: Pick<OrderDocument, 'state'>, asked: number): number | null {
  if (order.state !== 'pending_payment') return null;
  return Math.min(5_000, 700 + asked * 150);
}
