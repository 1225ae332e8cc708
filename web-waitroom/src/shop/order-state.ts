import type { OrderDocument } from '@shopfast/kit/contracts/api';

/** The shown state: the order's own, or that the bank waits for the shopper. */
export type Shown = OrderDocument['state'] | 'action_needed';

export function shownState(order: Pick<OrderDocument, 'state' | 'action_url'>): Shown {
  return order.state === 'pending_payment' && order.action_url ? 'action_needed' : order.state;
}

/** The cache key of an order. */
export const orderName = (id: string) => ['order', id];

/** Delays between requests for an unfinished order: short at first, when most payments end; null when it is final. */
export function orderPauseMs(order: Pick<OrderDocument, 'state'>, asked: number): number | null {
  if (order.state !== 'pending_payment') return null;
  return Math.min(5_000, 700 + asked * 150);
}
