import type { EmailTemplate } from '@shopfast/kit/contracts/jobs';
import type { Facts, OrderFacts } from './facts.ts';

const BY_STATE: Record<OrderFacts['state'], EmailTemplate[]> = {
  pending_payment: [],
  paid: ['order_paid'],
  payment_failed: ['order_declined'],
  expired: ['order_expired'],
  cancelled: ['order_cancelled'],
  refunded: ['order_paid', 'order_refunded'],
};

type Ended = Pick<OrderFacts, 'state' | 'payment_state' | 'late_payment'>;

/** The mails that an order's buyer must get, by the order's end: one for each cause. */
export function expectedMails({ state, payment_state, late_payment }: Ended) {
  const causes: EmailTemplate[] = ['order_received', ...BY_STATE[state]];
  // Money for an order that had ended is refunded, and its buyer is notified.
  if (payment_state === 'refunded' && state !== 'refunded') causes.push('order_refunded');
  if (late_payment === 'bought') causes.push('order_expired');
  return causes;
}

/** How many mails the orders of a sale need, and how many causes have reached the inbox. */
export function countMails({ orders, mails }: Pick<Facts, 'orders' | 'mails'>) {
  return {
    expected: orders.reduce((sum, order) => sum + expectedMails(order).length, 0),
    delivered: mails.filter((mail) => mail.received > 0).length,
  };
}
