import type { FoundOrder, OrderWithItems } from '@shopfast/db/orders/find';
import type { OrderDocument } from '@shopfast/kit/contracts/api';

/** An order as its buyer sees it. */
export function orderDocument(order: OrderWithItems | FoundOrder): OrderDocument {
  const actionUrl = 'action_url' in order && order.state === 'pending_payment' ? order.action_url : null;
  return {
    id: order.id,
    state: order.state,
    product_id: order.product_id,
    quantity: order.quantity,
    // Always in this key order: a repeated request gets the same bytes.
    items: order.items.map(({ product_id, quantity, unit_price }) => ({ product_id, quantity, unit_price })),
    subtotal: order.total - order.tax - order.shipping,
    tax: order.tax,
    shipping: order.shipping,
    total: order.total,
    currency: order.currency,
    email: order.email,
    hold_until: order.hold_until.toISOString(),
    created_at: order.created_at.toISOString(),
    ...(actionUrl ? { action_url: actionUrl } : {}),
    ...('refunded_amount' in order && order.refunded_amount > 0
      ? { refunded_amount: order.refunded_amount }
      : {}),
    ...(order.late_payment ? { late_payment: order.late_payment } : {}),
  };
}
