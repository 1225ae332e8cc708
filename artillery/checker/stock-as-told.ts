import type { Verdict } from '@shopfast/sandbox/checker/check';
import type { Facts } from '@shopfast/sandbox/checker/facts';

/**
 * Whether the room knows the real stock: with too high a figure it calls people in vain, with too low a one it keeps
 * them out.
 * @param remaining the room's own figure, after everything has settled
 */
export function stockAsTold(remaining: number | null, { products }: Pick<Facts, 'products'>): Verdict {
  const available = products.reduce((sum, product) => sum + product.available, 0);
  return {
    guarantee: 'The room knows the stock',
    kept: remaining === available,
    evidence: `${remaining} by the room, ${available} in the database`,
  };
}
