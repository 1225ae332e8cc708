import type { OrderState } from '@shopfast/kit/contracts/api';
import { PRODUCTS, type ProductId } from './world.ts';

export type Item = { productId: ProductId; quantity: number };
export type Card = 'good' | 'declined' | 'bank';

export type ModelOrder = {
  id: string;
  token: string;
  customer: string;
  items: Item[];
  card: Card;
  holdUntil: number;
  state: OrderState;
};

/** The expected orders and their states. Units and limits follow from them. */
export type Model = { orders: ModelOrder[]; now: number };

/** Units of a product in orders with one of these states, in total or of one customer. */
export function unitsOf(
  model: Model,
  productId: ProductId,
  states: readonly OrderState[],
  customer?: string,
): number {
  return model.orders
    .filter((order) => states.includes(order.state) && (customer ?? order.customer) === order.customer)
    .flatMap((order) => order.items)
    .reduce((sum, item) => sum + (item.productId === productId ? item.quantity : 0), 0);
}

const COUNTED = ['pending_payment', 'paid'] as const;

export const isLeft = (model: Model, items: Item[]) =>
  items.every(
    ({ productId, quantity }) => PRODUCTS[productId].units - unitsOf(model, productId, COUNTED) >= quantity,
  );

export const isAllowed = (model: Model, customer: string, items: Item[]) =>
  items.every(
    ({ productId, quantity }) =>
      unitsOf(model, productId, COUNTED, customer) + quantity <= PRODUCTS[productId].perCustomerLimit,
  );

/** The answer that a purchase must get. */
export function buying(model: Model, purchase: Pick<ModelOrder, 'token' | 'customer' | 'items'>) {
  if (model.orders.some((order) => order.token === purchase.token)) return 'duplicate';
  if (!isLeft(model, purchase.items)) return 'sold_out';
  return isAllowed(model, purchase.customer, purchase.items) ? 'placed' : 'purchase_limit';
}

/** The money arrived. @param goesBack it was refunded before, or a refund is pending */
export function paying(model: Model, order: ModelOrder, goesBack: boolean): OrderState {
  if (order.state === 'pending_payment') return 'paid';
  const mayBuyLate = order.state === 'expired' && !goesBack;
  return mayBuyLate && isLeft(model, order.items) && isAllowed(model, order.customer, order.items)
    ? 'paid'
    : order.state;
}

/** The provider reports that the payment was declined. */
export const declining = (order: ModelOrder): OrderState =>
  order.state === 'pending_payment' ? 'payment_failed' : order.state;

export const refunding = (order: ModelOrder): OrderState =>
  order.state === 'paid' ? 'refunded' : order.state;

/** The payment was closed at the provider: the hold expired, or somebody else closed it. */
export function closing(model: Model, order: ModelOrder): OrderState {
  if (order.state !== 'pending_payment') return order.state;
  return order.holdUntil <= model.now ? 'expired' : 'payment_failed';
}

const STEPS: Record<OrderState, OrderState[]> = {
  pending_payment: ['paid', 'payment_failed', 'expired', 'cancelled'],
  paid: ['refunded'],
  expired: ['paid'],
  payment_failed: [],
  cancelled: [],
  refunded: [],
};

/** Whether an order may have changed from one state to the other in any number of transitions. */
export function mayBecome(from: OrderState, to: OrderState): boolean {
  return from === to || STEPS[from].some((step) => mayBecome(step, to));
}
