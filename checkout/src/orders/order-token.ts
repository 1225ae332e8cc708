import { createHmac, timingSafeEqual } from 'node:crypto';

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
