import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type Budget, createBudget } from '@shopfast/kit/budget';
import { addressWithin, budgetKey, isLoopback, type TrustedProxies } from '@shopfast/kit/client-address';
import { Problem } from '@shopfast/kit/errors';
import { setRateLimit } from '@shopfast/kit/rate-limit-headers';
import type { Context } from 'hono';

/**
 * Budgets in this process's memory, spent before anything is hashed or read. They count by the typed address, whether
 * or not it has an account, so a refusal does not reveal that an account exists.
 */
export type AccountBudgets = {
  /** For each password attempt. @throws Problem `rate_limited` */
  password(c: Context, from: string | null, email: string): Promise<void>;
  /**
   * For each mail that is requested without being signed in.
   * @returns whether the mail may be sent: false when this address got enough mails lately, from any client. The answer
   *   to the client is the same, and a link that still works is in the mailbox.
   * @throws Problem `rate_limited` when this client asks too often
   */
  mail(c: Context, from: string | null, email: string, kind: MailKind): Promise<boolean>;
};

/** Counted separately: requests for other mails cannot use up the reset mails that the owner may need. */
export type MailKind = 'reset' | 'other';

/** The delay of a password attempt after too many attempts on its account from all addresses together. */
export const SLOW_MS = 1_000;

const minutes = (count: number) => count * 60;

export function createAccountBudgets(): AccountBudgets {
  const passwords = {
    address: createBudget({ name: 'passwords-of-address', quota: 60, windowSeconds: minutes(1) }),
    // By account and address, so that a stranger elsewhere cannot lock the owner out.
    pair: createBudget({ name: 'passwords-of-account', quota: 15, windowSeconds: minutes(10) }),
    // By account alone, against attacks from many addresses. Attempts beyond it are delayed, not refused: nobody is
    // locked out.
    account: createBudget({ name: 'passwords-everywhere', quota: 200, windowSeconds: minutes(60) }),
  };
  const mails = {
    address: createBudget({ name: 'mails-of-address', quota: 20, windowSeconds: minutes(10) }),
    pair: createBudget({ name: 'mails-of-account', quota: 4, windowSeconds: minutes(15) }),
    // Shorter than the life of a link: when the budget is spent, working links are in the mailbox.
    reset: createBudget({ name: 'reset-mails-everywhere', quota: 8, windowSeconds: minutes(15) }),
    other: createBudget({ name: 'mails-everywhere', quota: 8, windowSeconds: minutes(15) }),
  };
  return {
    async password(c, from, email) {
      const account = keyOf(email);
      if (from !== null) await spend(c, passwords.address, from);
      await spend(c, passwords.pair, `${account} ${from ?? ''}`);
      if (!(await passwords.account.spend(account)).allowed) await delay(SLOW_MS);
    },
    async mail(c, from, email, kind) {
      const account = keyOf(email);
      if (from !== null) await spend(c, mails.address, from);
      await spend(c, mails.pair, `${account} ${from ?? ''} ${kind}`);
      return (await mails[kind].spend(account)).allowed;
    },
  };
}

/** Hashed to a fixed, short length, because keys are kept in memory. */
const keyOf = (email: string) => createHash('sha256').update(email.toLowerCase()).digest('base64url');

async function spend(c: Context, budget: Budget, key: string): Promise<void> {
  const spent = await budget.spend(key);
  if (spent.allowed) return;
  setRateLimit(c, budget, spent);
  throw new Problem('rate_limited', { retryAfterSeconds: spent.resetSeconds });
}

/** The key under which budgets count a client address. Null for this machine, which is exempt, as at the gateway. */
export function addressKey(c: Context, trusted: TrustedProxies): string | null {
  const address = addressWithin(trusted)(c);
  return address === null || isLoopback(address) ? null : budgetKey(address);
}
