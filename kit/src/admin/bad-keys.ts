import { createBudget } from '../budget.ts';
import { budgetKey, isLoopback } from '../client-address.ts';
import { Problem } from '../errors.ts';

const BAD_KEYS_PER_MINUTE = 30;

/**
 * How many bad admin keys an address may show. Loopback addresses are exempt. Each service counts for itself, in
 * memory.
 */
export type BadKeys = {
  /**
   * Call it before a key is looked up, and for a malformed key. It counts as bad until it is known to be good.
   * @throws Problem rate_limited
   */
  tried(address: string | null): Promise<void>;
  wasGood(address: string | null): Promise<void>;
};

export function createBadKeys(): BadKeys {
  const budget = createBudget({ name: 'bad-keys', quota: BAD_KEYS_PER_MINUTE, windowSeconds: 60 });
  const keyOf = (address: string | null) =>
    address === null || isLoopback(address) ? null : budgetKey(address);

  return {
    tried: async (address) => {
      const key = keyOf(address);
      if (key === null) return;
      const spent = await budget.spend(key);
      if (!spent.allowed) throw new Problem('rate_limited', { retryAfterSeconds: spent.resetSeconds });
    },
    wasGood: async (address) => {
      const key = keyOf(address);
      if (key !== null) await budget.refund(key);
    },
  };
}
