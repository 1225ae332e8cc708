import type { Ledger } from './ledger.ts';
import type { WebhookCounts } from './webhooks/deliver.ts';

/**
 * What happened, counted, for whoever checks a shop: every order is to be charged once at most, and what was charged
 * in vain is to be refunded. Orders are told apart by the metadata `order_id` of their payments.
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
    const order = orderOf.get(refund.charge as string) as string;
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
    /** Calls that are not answered yet; a call that hangs is acted on at its end, whoever still listens. */
    calls_under_way: callsUnderWay,
  };
}

function countBy(values: string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}
