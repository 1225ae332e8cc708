/** Where a shopper sees an order: the link in mails, and the return address for banks. */
export function orderUrl(publicUrl: string, orderId: string): string {
  return `${withoutSlash(publicUrl)}/shop/orders/${orderId}`;
}

/** A page of the account. The secret is in the fragment: browsers do not send it, so it is in no server log. */
export function accountUrl(publicUrl: string, page: string, secret: string | null): string {
  const url = `${withoutSlash(publicUrl)}/shop/account/${page}`;
  return secret === null ? url : `${url}#token=acc_${encodeURIComponent(secret)}`;
}

const withoutSlash = (url: string) => url.replace(/\/$/, '');
