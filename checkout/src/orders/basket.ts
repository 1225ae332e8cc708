import { hash } from 'node:crypto';
import type { OrderRequest, ProductDocument } from '@shopfast/kit/contracts/api';
import type { ReservationClaims } from '@shopfast/kit/contracts/token';
import { Problem } from '@shopfast/kit/errors';
import { invalidRequest } from '@shopfast/kit/http';
import type { Catalog } from '../catalog/catalog.ts';

export type BasketItem = { product: ProductDocument; quantity: number };

/**
 * The requested items with their catalogue data, if this token may buy them. The purchase statement checks everything
 * again that may have changed since.
 * @throws Problem `product_unknown`, `token_wrong_room`, `purchase_limit`, `invalid_request`
 */
export function readBasket(
  catalog: Catalog,
  claims: ReservationClaims,
  request: OrderRequest,
): [BasketItem, ...BasketItem[]] {
  const items = wantedItems(request).map(({ product_id, quantity }) => ({
    product: catalog.product(product_id),
    quantity,
  }));
  for (const { product } of items) refuseOtherSale(claims, product);
  for (const { product, quantity } of items) refuseMoreThan(product.per_customer_limit, quantity);
  if (claims.max_quantity !== undefined)
    refuseMoreThan(
      claims.max_quantity,
      items.reduce((sum, item) => sum + item.quantity, 0),
    );
  if (new Set(items.map(({ product }) => product.currency.toUpperCase())).size > 1)
    throw invalidRequest([{ path: ['items'], message: 'must all have one currency' }]);
  // A request has at least one item, and `map` keeps their number.
  return items as [BasketItem, ...BasketItem[]];
}

function refuseOtherSale(claims: ReservationClaims, product: ProductDocument): void {
  const forThisProduct = claims.products?.includes(product.id) ?? true;
  if (product.room !== claims.room || !forThisProduct) throw new Problem('token_wrong_room');
}

function refuseMoreThan(limit: number, quantity: number): void {
  if (quantity > limit) throw new Problem('purchase_limit', { detail: `At most ${limit} per customer.` });
}

export type Wanted = { product_id: string; quantity: number };

/** The items of a request, sorted, so that the order in which they were sent does not matter. */
export function wantedItems({ product_id, quantity, items }: OrderRequest): [Wanted, ...Wanted[]] {
  const [first, ...further] = items
    ? items.toSorted((a, b) => (a.product_id < b.product_id ? -1 : 1))
    : [{ product_id: product_id!, quantity: quantity! }];
  return [first!, ...further];
}

/** SHA-256 of the request, to tell a repeated request from another one with the same key. */
export function requestHash(request: OrderRequest): string {
  const { email, payment_method, destination } = request;
  const items = wantedItems(request).map(({ product_id, quantity }) => [product_id, quantity]);
  const { country, region, postal_code } = destination ?? {};
  const where = destination ? [[country, region ?? null, postal_code ?? null]] : [];
  return hash('sha256', JSON.stringify([...items.flat(), email, payment_method, ...where]));
}
