/** The shop's addresses. */
export type Route =
  | { page: 'list' }
  | { page: 'product'; id: string }
  | { page: 'order'; id: string }
  | { page: 'account'; view: AccountView | null }
  | { page: 'not_found' };

export const ACCOUNT_VIEWS = ['sign-in', 'sign-up', 'verify', 'reset'] as const;
export type AccountView = (typeof ACCOUNT_VIEWS)[number];

export const listPath = '/shop';
export const productPath = (id: string) => `/shop/products/${encodeURIComponent(id)}`;
export const orderPath = (id: string) => `/shop/orders/${encodeURIComponent(id)}`;
export const accountPath = (view?: AccountView) => `/shop/account${view ? `/${view}` : ''}`;
export const roomPath = (room: string) => `/w/${encodeURIComponent(room)}`;

export function routeOf(pathname: string): Route {
  const [shop, kind, id, ...more] = pathname.split('/').filter((part) => part !== '');
  if (shop !== 'shop' || more.length > 0) return { page: 'not_found' };
  if (kind === undefined) return { page: 'list' };
  if (id !== undefined && kind === 'products') return { page: 'product', id: decode(id) };
  if (id !== undefined && kind === 'orders') return { page: 'order', id: decode(id) };
  if (kind === 'account') return accountRoute(id);
  return { page: 'not_found' };
}

function accountRoute(name: string | undefined): Route {
  if (name === undefined) return { page: 'account', view: null };
  const view = ACCOUNT_VIEWS.find((one) => one === name);
  return view ? { page: 'account', view } : { page: 'not_found' };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
