import { randomUUIDv7 } from 'node:crypto';
import { findOrderByJti } from '@shopfast/db/orders/find-by-jti';
import { purchase } from '@shopfast/db/orders/purchase';
import type { Order } from '@shopfast/db/schema/orders';
import type { OrderRequest, ProductDocument } from '@shopfast/kit/contracts/api';
import type { ReservationClaims } from '@shopfast/kit/contracts/token';
import { Problem } from '@shopfast/kit/errors';
import type { KnownSession } from '../accounts/session.ts';
import type { Checkout } from '../deps.ts';
import type { Reservation } from '../tokens/verify.ts';
import { requestHash } from './request-hash.ts';

export type PlaceOrder = {
  reservation: Reservation;
  request: OrderRequest;
  idempotencyKey: string | null;
  /** Who is signed in, as far as it is known without a query. */
  session: KnownSession;
};

/**
 * Buys with a reservation token, once. The same Idempotency-Key and request give the same order again, even when the
 * token has expired meanwhile.
 * @throws Problem `product_unknown`, `token_wrong_room`, `token_expired`, `token_revoked`, `token_spent`, `purchase_limit`, `sold_out`,
 *   `invalid_request`, `overloaded`, `unavailable`
 */
export async function placeOrder(checkout: Checkout, order: PlaceOrder): Promise<Order> {
  const { claims, expired } = order.reservation;
  if (expired) return repeatedOrder(checkout, order);
  const product = checkout.catalog.product(order.request.product_id);
  refuseOtherSale(claims, product);
  refuseTooMany(claims, product, order.request.quantity);

  const now = checkout.clock.now();
  const result = await checkout.database.run(() =>
    purchase(checkout.sql, {
      orderId: randomUUIDv7(),
      jti: claims.jti,
      ticketId: claims.sub,
      room: claims.room,
      number: claims.number,
      productId: product.id,
      quantity: order.request.quantity,
      email: order.request.email,
      userId: order.session.userId,
      sessionToken: order.session.sessionToken,
      paymentMethod: order.request.payment_method,
      idempotencyKey: order.idempotencyKey,
      requestHash: requestHash(order.request),
      locale: null,
      holdUntil: new Date(now + checkout.config.holdSeconds * 1000),
      now: new Date(now),
    }),
  );
  if (result.outcome === 'placed') return result.order;
  if (result.outcome === 'duplicate') return sameOrder(result.order, order);
  throw new Problem(result.outcome === 'revoked' ? 'token_revoked' : result.outcome);
}

function refuseOtherSale(claims: ReservationClaims, product: ProductDocument): void {
  const forThisProduct = claims.products?.includes(product.id) ?? true;
  if (product.room !== claims.room || !forThisProduct) throw new Problem('token_wrong_room');
}

function refuseTooMany(claims: ReservationClaims, product: ProductDocument, quantity: number): void {
  const limit = Math.min(product.per_customer_limit, claims.max_quantity ?? Number.POSITIVE_INFINITY);
  if (quantity > limit) throw new Problem('purchase_limit', { detail: `At most ${limit} per customer.` });
}

async function repeatedOrder(checkout: Checkout, order: PlaceOrder): Promise<Order> {
  const { jti } = order.reservation.claims;
  const earlier = await checkout.database.run(() => findOrderByJti(checkout.sql, jti));
  if (!earlier) throw new Problem('token_expired');
  return sameOrder(earlier, order);
}

/** The order that the token bought, if this is the same request again. */
function sameOrder(earlier: Order, { request, idempotencyKey }: PlaceOrder): Order {
  if (idempotencyKey === null || earlier.idempotency_key !== idempotencyKey) throw new Problem('token_spent');
  if (earlier.request_hash !== requestHash(request)) {
    const message = 'was used before for another request';
    throw new Problem('invalid_request', {
      detail: `Idempotency-Key: ${message}`,
      faults: [{ field: 'idempotency-key', message }],
    });
  }
  return earlier;
}
