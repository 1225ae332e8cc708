/** Pages of an order: its buyer returns to them from a mail, long after the reservation was spent. */
const OPEN = ['/shop/orders/*', '/v1/products/*', '/v1/orders/*', '/v1/payments/*', '/v1/auth/*', '/v1/me/*'];

const OPERATORS_OF_WORKERS = ['/v1/admin/dead-letters/*', '/v1/admin/jobs/*'];
const OPERATORS_OF_CHECKOUT = ['/v1/admin/products/*', '/v1/admin/orders/*'];

/**
 * Protect mode for the sample shop, as in `docs/protect.md`: shoppers without a reservation are sent to the room, and
 * back. The API stays open, because the checkout itself requires the reservation.
 */
export function shopRules(room: string): { rules: object[] } {
  return {
    rules: [
      ...[...OPEN, ...OPERATORS_OF_CHECKOUT].map((path) => ({ path, upstream: 'checkout', open: true })),
      ...OPERATORS_OF_WORKERS.map((path) => ({ path, upstream: 'workers', open: true })),
      { path: '/shop/*', upstream: 'checkout', room },
    ],
  };
}
