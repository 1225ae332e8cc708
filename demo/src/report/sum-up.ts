import type { Facts } from '@shopfast/sandbox/checker/facts';

/** The figures of a sale that its reports show. */
export function sumUp({ products, orders }: Facts) {
  const count = (state: Facts['orders'][number]['state']) =>
    orders.filter((order) => order.state === state).length;
  return {
    sold: products.reduce((sum, product) => sum + product.sold, 0),
    held: products.reduce((sum, product) => sum + product.held, 0),
    orders: { placed: orders.length, paid: count('paid'), failed: count('payment_failed') },
  };
}
