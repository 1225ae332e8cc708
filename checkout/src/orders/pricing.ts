import type { Destination, ProductDocument } from '@shopfast/kit/contracts/api';

/** The requested items at catalogue prices. `destination` is null if the shopper named none. */
export type PricingRequest = {
  items: readonly { product: ProductDocument; quantity: number }[];
  destination: Destination | null;
};

/** Minor units of the products' currency, for the whole order; whole numbers, 0 or more. */
export type Extras = { tax: number; shipping: number };

/**
 * Returns what an order costs in addition to its items. Called before the purchase statement. That statement reads the
 * prices again: if one has changed, it buys nothing, and this hook is called again with the new price.
 *
 * A hook that calls another service must answer in bounded time or throw `Problem('unavailable')`: the order waits for
 * it.
 */
export type Pricing = (request: PricingRequest) => Extras | Promise<Extras>;

/** For prices that include tax and shipping. */
export const noExtras: Pricing = () => ({ tax: 0, shipping: 0 });
