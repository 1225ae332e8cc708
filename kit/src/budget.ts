import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** The state after a call: `remaining` of the window's quota, and the seconds until it is full again. */
export type BudgetState = { allowed: boolean; remaining: number; resetSeconds: number };

/**
 * A quota per key in a fixed window, in this process's memory, without Redis. A key takes memory only while its window
 * runs. So memory is bounded by the rate of calls, not by the number of keys ever seen.
 */
export type Budget = {
  readonly name: string;
  readonly quota: number;
  readonly windowSeconds: number;
  spend(key: string, points?: number): Promise<BudgetState>;
  /** The same figures without spending anything. */
  peek(key: string): Promise<BudgetState>;
  /** Refunds points that were spent for nothing. */
  refund(key: string, points?: number): Promise<void>;
};

export type BudgetOptions = {
  /** The name in the `RateLimit` headers. */
  name: string;
  quota: number;
  windowSeconds: number;
  /** This many calls a second are free. Only calls beyond them are taken from the quota. */
  freePerSecond?: number;
};

export function createBudget({ name, quota, windowSeconds, freePerSecond = 0 }: BudgetOptions): Budget {
  const main = new RateLimiterMemory({ points: quota, duration: windowSeconds });
  const steady = freePerSecond > 0 ? new RateLimiterMemory({ points: freePerSecond, duration: 1 }) : null;

  const peek = async (key: string): Promise<BudgetState> => {
    const known = await main.get(key);
    if (!known) return { allowed: true, remaining: quota, resetSeconds: windowSeconds };
    return toSpent(known, known.consumedPoints < quota);
  };

  return {
    name,
    quota,
    windowSeconds,
    peek,
    refund: async (key, points = 1) => {
      if (await main.get(key)) await main.reward(key, points);
    },
    spend: async (key, points = 1) => {
      if (steady && (await consume(steady, key, points)).allowed)
        return { ...(await peek(key)), allowed: true };
      return consume(main, key, points);
    },
  };
}

/** The library rejects with the figures to say "no". Any other rejection is an error. */
async function consume(limiter: RateLimiterMemory, key: string, points: number): Promise<BudgetState> {
  try {
    return toSpent(await limiter.consume(key, points), true);
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return toSpent(refusal, false);
    throw refusal;
  }
}

function toSpent(result: RateLimiterRes, allowed: boolean): BudgetState {
  return {
    allowed,
    remaining: Math.max(0, result.remainingPoints),
    resetSeconds: Math.max(1, Math.ceil(result.msBeforeNext / 1_000)),
  };
}
