/** Pages of an order: its buyer comes back to them from a mail, when the reservation is long spent. */
const OPEN = ['/shop/orders/*', '/v1/products/*', '/v1/orders/*', '/v1/payments/*', '/v1/auth/*', '/v1/me/*'];

/**
 * Protect mode for the sample shop, as in `docs/protect.md`: who has no reservation for the room is led there, and back. The
 * API stays open, since the checkout asks for the reservation itself.
 */
export function shopRules(room: string): object {
  return {
    rules: [
      ...OPEN.map((path) => ({ path, upstream: 'checkout', open: true })),
      { path: '/v1/admin/dead-letters/*', upstream: 'workers', open: true },
      { path: '/shop/*', upstream: 'checkout', room },
    ],
  };
}
