import { createHmac, timingSafeEqual } from 'node:crypto';
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

/**
 * The secret that lets a buyer read an order: `ord_<order id>.<HMAC-SHA-256 of the id, base64url>`. It is computed from
 * the id, so a repeated request gets the same token and nothing is stored.
 */
export function orderToken(secret: string, orderId: string): string {
  const mac = createHmac('sha256', secret).update(`order:${orderId}`).digest('base64url');
  return `ord_${orderId}.${mac}`;
}

/** Whether `token` belongs to this order; compares in constant time. */
export function opensOrder(secret: string, orderId: string, token: string | undefined): boolean {
  const wanted = Buffer.from(orderToken(secret, orderId));
  const given = Buffer.from(token ?? '');
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
