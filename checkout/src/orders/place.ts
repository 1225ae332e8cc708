import { randomUUIDv7 } from 'node:crypto';
import { findOrderByJti, type OrderWithItems } from '@shopfast/db/orders/find';
import { type PurchaseResult, purchase, type WantedItem } from '@shopfast/db/orders/purchase';
import type { OrderRequest } from '@shopfast/kit/contracts/api';
import { Problem } from '@shopfast/kit/errors';
import { acceptedLanguages } from '@shopfast/kit/i18n/accept-language';
import { chooseLocale, LOCALES } from '@shopfast/kit/i18n/locale';
import type { Reservation } from '@shopfast/kit/reservation/verify';
import type { Checkout } from '../deps.ts';
import { type BasketItem, readBasket, requestHash, wantedItems } from './basket.ts';

/** One text for all callers, so that it does not reveal what others bought. */
const PURCHASE_LIMIT =
  'Unpaid orders with this e-mail address count too. Sign in with this verified address to go first.';

export type PlaceOrder = {
  reservation: Reservation;
  request: OrderRequest;
  idempotencyKey: string | null;
  /**
   * From a session cookie with a valid signature. The purchase statement looks the session up and ignores an ended one.
   */
  sessionToken: string | null;
  /** The header that decides the language of mails when the request names none. */
  acceptLanguage: string | undefined;
};

/**
 * Buys with a reservation token, once. The same Idempotency-Key and request return the same order again, even when the
 * token has expired since.
 * @throws Problem `product_unknown`, `token_wrong_room`, `token_expired`, `token_revoked`, `token_spent`,
 *   `not_on_sale`, `purchase_limit`, `sold_out`, `invalid_request`, `overloaded`, `unavailable`
 */
export async function placeOrder(checkout: Checkout, order: PlaceOrder): Promise<OrderWithItems> {
  const refused = whyNotNow(checkout, order);
  if (refused) return repeatedOrder(checkout, order, refused);
  await refuseSoldOut(checkout, order);
  const result = await buy(checkout, order);
  switch (result.outcome) {
    case 'placed':
      return result.order;
    case 'duplicate':
      return sameOrder(result.order, order);
    case 'revoked':
      throw new Problem('token_revoked');
    case 'generation_ended':
      throw new Problem('token_wrong_room', { detail: 'The room of this token was reset or deleted.' });
    case 'room_not_selling':
      throw notSelling(result);
    case 'purchase_limit':
      throw new Problem('purchase_limit', { detail: PURCHASE_LIMIT });
    case 'not_on_sale':
      throw new Problem('not_on_sale', {
        detail: when(result, checkout.clock.now()),
        members: { product_id: result.productId },
      });
    case 'sold_out':
      throw new Problem('sold_out', { members: { product_id: result.productId } });
  }
}

/** Reasons to refuse before the database is asked. Orders that exist already stay valid. */
function whyNotNow({ catalog }: Checkout, { reservation, request }: PlaceOrder): Problem | null {
  if (reservation.expired) return new Problem('token_expired');
  try {
    readBasket(catalog, reservation.claims, request);
    return null;
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

/**
 * When the catalogue says sold out, the precheck asks the database first, because the catalogue may be a second old.
 */
async function refuseSoldOut({ catalog, soldOut }: Checkout, order: PlaceOrder): Promise<void> {
  const [wanted, ...further] = wantedItems(order.request);
  const { availability } = catalog.product(wanted.product_id);
  if (further.length > 0 || (availability !== 'sold_out' && availability !== 'reserved')) return;
  const { jti, room, epoch } = order.reservation.claims;
  const { product_id, quantity } = wanted;
  if (await soldOut({ jti, room, epoch, productId: product_id, quantity }))
    throw new Problem('sold_out', { members: { product_id } });
}

type Bought = Exclude<PurchaseResult, { outcome: 'price_changed' }>;

/** Retries with a fresh catalogue when a price changed within the last second. */
async function buy(checkout: Checkout, order: PlaceOrder): Promise<Bought> {
  for (let attempt = 1; ; attempt += 1) {
    const result = await buyAtCataloguePrices(checkout, order);
    if (result.outcome !== 'price_changed') return result;
    if (attempt === 3)
      throw new Problem('overloaded', { detail: 'The price is changing; please try again.' });
    await checkout.database.run(() => checkout.catalog.refresh());
  }
}

async function buyAtCataloguePrices(checkout: Checkout, order: PlaceOrder): Promise<PurchaseResult> {
  const { request, reservation, idempotencyKey, sessionToken } = order;
  const { claims } = reservation;
  const items = readBasket(checkout.catalog, claims, request);
  const destination = request.destination ?? null;
  const { tax, shipping } = await checkout.pricing({ items, destination });

  const now = checkout.clock.now();
  return checkout.database.run(() =>
    purchase(checkout.sql, {
      orderId: randomUUIDv7(),
      jti: claims.jti,
      ticketId: claims.sub,
      room: claims.room,
      epoch: claims.epoch,
      number: claims.number,
      // `map` keeps the number of items.
      items: items.map(toWanted) as [WantedItem, ...WantedItem[]],
      tax,
      shipping,
      destination,
      email: request.email,
      userId: null,
      sessionToken,
      paymentMethod: request.payment_method,
      idempotencyKey,
      requestHash: requestHash(request),
      locale: localeOf(order),
      holdUntil: new Date(now + checkout.config.holdSeconds * 1000),
      now: new Date(now),
    }),
  );
}

/** The language of this order's mails. */
function localeOf({ request, acceptLanguage }: PlaceOrder): string {
  const languages = acceptedLanguages(acceptLanguage);
  return chooseLocale(request.locale ? [request.locale, ...languages] : languages, LOCALES).locale;
}

const toWanted = ({ product, quantity }: BasketItem): WantedItem => ({
  productId: product.id,
  quantity,
  quotedPrice: product.price,
});

function notSelling({ state, rehearsal }: Extract<Bought, { outcome: 'room_not_selling' }>): Problem {
  if (rehearsal)
    return new Problem('token_wrong_room', { detail: 'A reservation of a rehearsal cannot buy.' });
  const what = state === 'closed' ? 'closed' : 'not open yet';
  return new Problem('not_on_sale', { detail: `The sale of this token is ${what}.` });
}

function when({ startsAt, endsAt }: { startsAt: Date | null; endsAt: Date | null }, now: number): string {
  return startsAt && startsAt.getTime() > now
    ? `The sale starts at ${startsAt.toISOString()}.`
    : `The sale ended at ${endsAt?.toISOString()}.`;
}

/** @throws `refused` unless the token bought an order */
async function repeatedOrder(
  checkout: Checkout,
  order: PlaceOrder,
  refused: Problem,
): Promise<OrderWithItems> {
  if (order.idempotencyKey === null) throw refused;
  const { jti } = order.reservation.claims;
  const earlier = await checkout.database.run(() => findOrderByJti(checkout.sql, jti));
  if (!earlier) throw refused;
  return sameOrder(earlier, order);
}

/** The order that the token bought, if this is the same request again. */
function sameOrder(earlier: OrderWithItems, { request, idempotencyKey }: PlaceOrder): OrderWithItems {
  if (idempotencyKey === null || earlier.idempotency_key !== idempotencyKey) throw new Problem('token_spent');
  if (earlier.request_hash !== requestHash(request)) {
    const message = 'was used for another request before';
    throw new Problem('invalid_request', {
      detail: `Idempotency-Key: ${message}`,
      errors: [{ field: 'idempotency-key', message }],
    });
  }
  return earlier;
}
