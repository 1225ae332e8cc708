/** The shop's pages, for `usePage`. */
export const ROUTES = [
  { id: 'list', path: '/shop' },
  { id: 'product', path: '/shop/products/:id' },
  { id: 'order', path: '/shop/orders/:id' },
  { id: 'account', path: '/shop/account' },
  { id: 'sign_in', path: '/shop/account/sign-in' },
  { id: 'sign_up', path: '/shop/account/sign-up' },
  { id: 'verify', path: '/shop/account/verify' },
  { id: 'reset', path: '/shop/account/reset' },
] as const;

export type AccountView = 'sign-in' | 'sign-up' | 'verify' | 'reset';

export const listPath = '/shop';
export const productPath = (id: string) => `/shop/products/${encodeURIComponent(id)}`;
export const orderPath = (id: string) => `/shop/orders/${encodeURIComponent(id)}`;
export const accountPath = (view?: AccountView) => `/shop/account${view ? `/${view}` : ''}`;
export const roomPath = (room: string) => `/w/${encodeURIComponent(room)}`;
