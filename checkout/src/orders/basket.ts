import type { OrderRequest, ProductDocument } from '@shopfast/kit/contracts/api';
import type { ReservationClaims } from '@shopfast/kit/contracts/token';
import { Problem } from '@shopfast/kit/errors';
import { invalidRequest } from '@shopfast/kit/http';
import type { Catalog } from '../catalog/catalog.ts';
import { wantedItems } from './wanted-items.ts';

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
