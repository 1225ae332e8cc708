/** Where a shopper sees an order: the link in mails, and the return address for banks. */
export function orderUrl(publicUrl: string, orderId: string): string {
  return `${publicUrl.replace(/\/$/, '')}/shop/orders/${orderId}`;
}
