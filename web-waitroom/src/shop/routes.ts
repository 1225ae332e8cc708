/** The shop's addresses. */
export type Route =
  | { page: 'list' }
  | { page: 'product'; id: string }
  | { page: 'order'; id: string }
  | { page: 'not_found' };

export const listPath = '/shop';
export const productPath = (id: string) => `/shop/products/${encodeURIComponent(id)}`;
export const orderPath = (id: string) => `/shop/orders/${encodeURIComponent(id)}`;
export const roomPath = (room: string) => `/w/${encodeURIComponent(room)}`;

export function routeOf(pathname: string): Route {
  const [shop, kind, id, ...more] = pathname.split('/').filter((part) => part !== '');
  if (shop !== 'shop' || more.length > 0) return { page: 'not_found' };
  if (kind === undefined) return { page: 'list' };
  if (id !== undefined && kind === 'products') return { page: 'product', id: decode(id) };
  if (id !== undefined && kind === 'orders') return { page: 'order', id: decode(id) };
  return { page: 'not_found' };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
