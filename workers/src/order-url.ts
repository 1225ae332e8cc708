/** Where a shopper sees an order: mails link to it, and a bank sends the shopper back there. */
export function orderUrl(publicUrl: string, orderId: string): string {
  return `${publicUrl.replace(/\/$/, '')}/shop/orders/${orderId}`;
}
