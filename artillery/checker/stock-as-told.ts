import type { Verdict } from '@shopfast/sandbox/checker/check';
import type { Facts } from '@shopfast/sandbox/checker/facts';

/**
 * Whether the room counts on the stock that there is: with too much in mind it calls people to empty shelves, with too
 * little it keeps them out.
 * @param remaining by the room's own figures, once nothing is under way any more
 */
export function stockAsTold(remaining: number | null, { products }: Pick<Facts, 'products'>): Verdict {
  const available = products.reduce((sum, product) => sum + product.available, 0);
  return {
    guarantee: 'The room knows the stock',
    kept: remaining === available,
    evidence: `${remaining} by the room, ${available} in the books`,
  };
}
