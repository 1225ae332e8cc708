import type { OrderState } from '@shopfast/kit/contracts/api';
import type Stripe from 'stripe';
import { closing, declining, type Model, type ModelOrder, paying } from './model.ts';
import type { Fate, Seen } from './world.ts';

/** One order, with its state in the database and at the provider just before a step. */
export type Before = { order: ModelOrder; seen: Seen; intent: Stripe.PaymentIntent['status'] | undefined };

const OPEN = ['new', 'unknown', 'in_flight'];
const PERHAPS_OPEN = ['in_flight', 'unknown', 'requires_action', 'cancelled'];
const CANCELLABLE = ['requires_payment_method', 'requires_confirmation', 'requires_action'];

export const goesBack = ({ pay }: Seen) => pay === 'refund_pending' || pay === 'refunded';

/** The state of an order after its charge handler, when the provider's calls have these fates. */
export function afterCharge(model: Model, before: Before, fates: Fate[]): OrderState {
  const { order, seen, intent = 'requires_confirmation' } = before;
  if (order.state !== 'pending_payment' || !OPEN.includes(seen.pay)) return afterClose(model, before, fates);
  const calls = [...fates];
  const answered = () => (calls.shift() ?? 'answered') === 'answered';
  if (seen.ref === null && !answered()) return order.state;
  if (!answered()) return order.state;
  if (intent === 'requires_action') return order.state;
  if (intent === 'requires_confirmation') {
    if (order.card === 'good') return paying(model, order, goesBack(seen));
    if (order.card === 'bank') return order.state;
  }
  // The charge was refused: the handler asks for the state.
  if (!answered()) return order.state;
  return intent === 'succeeded' ? paying(model, order, goesBack(seen)) : declining(order);
}

/** The same after the handler that ends a hold. */
export function afterExpiry(model: Model, before: Before, fates: Fate[]): OrderState {
  const { order, seen } = before;
  if (order.state !== 'pending_payment') return afterClose(model, before, fates);
  if (order.holdUntil > model.now) return order.state;
  if (seen.ref === null) return 'expired';
  const end = cancelled(before, fates);
  if (end === 'succeeded') return paying(model, order, goesBack(seen));
  return end === 'cancelled' ? closing(model, order) : order.state;
}

function afterClose(model: Model, before: Before, fates: Fate[]): OrderState {
  const { order, seen } = before;
  const ended = order.state !== 'pending_payment' && order.state !== 'paid';
  if (!ended || seen.ref === null || !PERHAPS_OPEN.includes(seen.pay)) return order.state;
  const end = cancelled(before, fates);
  return end === 'succeeded' ? paying(model, order, goesBack(seen)) : order.state;
}

/** What cancelling a payment at the provider reveals. */
function cancelled({ intent }: Before, fates: Fate[]): 'succeeded' | 'cancelled' | 'nothing' {
  const [first = 'answered', second = 'answered'] = fates;
  if (first !== 'answered') return 'nothing';
  if (CANCELLABLE.includes(intent ?? '')) return 'cancelled';
  if (second !== 'answered') return 'nothing';
  return intent === 'succeeded' ? 'succeeded' : 'cancelled';
}
