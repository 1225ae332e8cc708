import type { Destination, ProductDocument } from '@shopfast/kit/contracts/api';

/** What is to be bought, at the prices of the catalogue; `destination` is null unless the shopper named one. */
export type PricingRequest = {
  items: readonly { product: ProductDocument; quantity: number }[];
  destination: Destination | null;
};

/** Minor units of the products' currency, for the whole order; whole numbers, not negative. */
export type Extras = { tax: number; shipping: number };

/**
 * What an order costs beside its items. Called before the purchase statement, which takes the prices from the database
 * itself: should one have changed since, nothing is bought, and this is asked again with the new price.
 *
 * One that asks another service has to answer in bounded time, or throw `Problem('unavailable')`: an order waits for it.
 */
export type Pricing = (request: PricingRequest) => Extras | Promise<Extras>;

/** Prices that include everything. */
export const noExtras: Pricing = () => ({ tax: 0, shipping: 0 });
