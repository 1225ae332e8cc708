import { requestRefund } from '@shopfast/db/orders/request-refund';
import { type Author, auditEntry } from '@shopfast/kit/admin/author';
import { Problem } from '@shopfast/kit/errors';
import type { Checkout } from '../../deps.ts';

/**
 * Refunds a paid order, once, audited. A repeated call has no effect.
 * @returns whether this call requested the refund
 * @throws Problem order_unknown, order_not_refundable
 */
export async function refund(
  { sql, clock }: Checkout,
  { orderId, reason }: { orderId: string; reason: string },
  author: Author,
): Promise<boolean> {
  const at = clock.now();
  const entry = auditEntry(author, at, { action: 'order.refund', target: orderId, after: { reason } });
  const outcome = await requestRefund(sql, { orderId, reason, now: new Date(at) }, entry);
  if (outcome === 'unknown_order') throw new Problem('order_unknown');
  if (outcome === 'not_refundable') throw new Problem('order_not_refundable');
  return outcome === 'requested';
}
