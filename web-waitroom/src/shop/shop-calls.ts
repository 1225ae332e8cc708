import type {
  OrderAnswer,
  OrderDocument,
  PaymentOptions,
  ProductDocument,
  ProductList,
} from '@shopfast/kit/contracts/api';
import { type Answer, ask } from '../api/ask.ts';
import type { ServerClock } from '../api/server-clock.ts';
import type { Purchase } from './reservation-store.ts';

export type { PaymentOptions } from '@shopfast/kit/contracts/api';

/** The shop's calls of the checkout; the binding is sent as an HttpOnly cookie. */
export type ShopCalls = {
  paymentOptions(): Promise<Answer<PaymentOptions>>;
  products(): Promise<Answer<ProductList>>;
  product(id: string): Promise<Answer<ProductDocument>>;
  order(purchase: Purchase): Promise<Answer<OrderAnswer>>;
  /** Without a token: as the signed-in user. */
  orderState(id: string, orderToken: string | null): Promise<Answer<OrderDocument>>;
  cancel(id: string, orderToken: string | null): Promise<Answer<OrderDocument>>;
};

export function shopCalls(clock: ServerClock): ShopCalls {
  const bearer = (token: string | null): Record<string, string> =>
    token === null ? {} : { Authorization: `Bearer ${token}` };
  const orderAt = (id: string) => `/v1/orders/${encodeURIComponent(id)}`;
  return {
    paymentOptions: () => ask(clock, '/v1/payments/options'),
    products: () => ask(clock, '/v1/products'),
    product: (id) => ask(clock, `/v1/products/${encodeURIComponent(id)}`),
    order: ({ idempotencyKey, reservationToken, body }) =>
      ask(clock, '/v1/orders', {
        method: 'POST',
        headers: { ...bearer(reservationToken), 'Idempotency-Key': idempotencyKey },
        body,
      }),
    orderState: (id, orderToken) => ask(clock, orderAt(id), { headers: bearer(orderToken) }),
    cancel: (id, orderToken) =>
      ask(clock, `${orderAt(id)}/cancel`, { method: 'POST', headers: bearer(orderToken) }),
  };
}
