import { createHash } from 'node:crypto';
import { type Budget, createBudget } from '@shopfast/kit/budget';
import { Problem } from '@shopfast/kit/errors';
import { setRateLimit } from '@shopfast/kit/rate-limit-headers';
import type { Context } from 'hono';

/**
 * Budgets of this process, in memory, spent before anything is hashed or asked. They are counted for the address that was
 * typed, whether it has an account or not, so a refusal tells nobody that it has.
 */
export type AccountBudgets = {
  /** For each password that is tried. @throws Problem `rate_limited` */
  password(c: Context, from: string | null, email: string): Promise<void>;
  /** For each mail that is asked for by somebody who is not signed in. @throws Problem `rate_limited` */
  mail(c: Context, from: string | null, email: string): Promise<void>;
};

const minutes = (count: number) => count * 60;

export function createAccountBudgets(): AccountBudgets {
  const passwords = {
    address: createBudget({ name: 'passwords-of-address', quota: 60, windowSeconds: minutes(1) }),
    // By account and address, so that a stranger elsewhere cannot lock the owner out …
    pair: createBudget({ name: 'passwords-of-account', quota: 15, windowSeconds: minutes(10) }),
    // … and by account alone against many addresses.
    account: createBudget({ name: 'passwords-everywhere', quota: 200, windowSeconds: minutes(60) }),
  };
  const mails = {
    address: createBudget({ name: 'mails-of-address', quota: 20, windowSeconds: minutes(10) }),
    account: createBudget({ name: 'mails-of-account', quota: 4, windowSeconds: minutes(15) }),
  };
  return {
    async password(c, from, email) {
      const account = keyOf(email);
      if (from !== null) await spend(c, passwords.address, from);
      await spend(c, passwords.pair, `${account} ${from ?? ''}`);
      await spend(c, passwords.account, account);
    },
    async mail(c, from, email) {
      if (from !== null) await spend(c, mails.address, from);
      await spend(c, mails.account, keyOf(email));
    },
  };
}

/** Short and of one length, whatever was typed: keys are kept in memory. */
const keyOf = (email: string) => createHash('sha256').update(email.toLowerCase()).digest('base64url');

async function spend(c: Context, budget: Budget, key: string): Promise<void> {
  const spent = await budget.spend(key);
  if (spent.allowed) return;
  setRateLimit(c, budget, spent);
  throw new Problem('rate_limited', { retryAfterSeconds: spent.resetSeconds });
}
