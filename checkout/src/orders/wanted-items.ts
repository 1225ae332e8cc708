import type { OrderRequest } from '@shopfast/kit/contracts/api';

export type Wanted = { product_id: string; quantity: number };

/** The items of a request, sorted, so that the order in which they were sent does not matter. */
export function wantedItems({ product_id, quantity, items }: OrderRequest): [Wanted, ...Wanted[]] {
  const [first, ...further] = items
    ? items.toSorted((a, b) => (a.product_id < b.product_id ? -1 : 1))
    : [{ product_id: product_id!, quantity: quantity! }];
  return [first!, ...further];
}
