import { lazyPart } from '../app/part.ts';

/**
 * The order form and the account pages, which are forms for the most part. Most visitors of a sale only look at
 * products, so the library that forms need is not in the shop's first script.
 */
export const useForms = lazyPart(() => import('./forms-part.ts'));
