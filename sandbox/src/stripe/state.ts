import { idOf, type Ledger } from './ledger.ts';
import type { WebhookCounts } from './webhooks/deliver.ts';

/**
 * Counts of what happened, for tools that check a shop: an order must be charged at most once, and a charge without a
 * sale must be refunded. The `order_id` in a payment's metadata identifies its order.
 */
export function countState(
  { intents, charges, refunds }: Ledger,
  webhooks: WebhookCounts,
  callsUnderWay: number,
) {
  const orderOf = new Map<string, string>();
  const charged = new Map<string, number>();
  const amounts = new Map<string, number>();
  const refunded = new Map<string, number>();
  let failed = 0;
  for (const charge of charges.values()) {
    const order = charge.metadata.order_id ?? `none (${charge.payment_intent})`;
    orderOf.set(charge.id, order);
    if (charge.status === 'succeeded') {
      charged.set(order, (charged.get(order) ?? 0) + 1);
      amounts.set(order, (amounts.get(order) ?? 0) + charge.amount);
    } else failed += 1;
  }
  for (const refund of refunds.values()) {
    const order = orderOf.get(idOf(refund.charge) ?? '') ?? `none (${refund.payment_intent})`;
    refunded.set(order, (refunded.get(order) ?? 0) + refund.amount);
  }
  const succeeded = [...charged.values()].reduce((sum, count) => sum + count, 0);
  return {
    intents: countBy([...intents.values()].map(({ status }) => status)),
    charges: {
      succeeded,
      failed,
      by_order: Object.fromEntries(charged),
      amount_by_order: Object.fromEntries(amounts),
    },
    charged_more_than_once: [...charged].filter(([, count]) => count > 1).map(([order]) => order),
    refunds: { count: refunds.size, amount_by_order: Object.fromEntries(refunded) },
    webhooks,
    /** Calls without an answer yet. A hanging call is executed at its end, even without a client. */
    calls_under_way: callsUnderWay,
  };
}

function countBy(values: string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}
