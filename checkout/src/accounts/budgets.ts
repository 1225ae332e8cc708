import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
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
  /**
   * For each mail that is asked for by somebody who is not signed in.
   * @returns whether it may be sent: not when this address was sent enough lately, whoever asked. The answer is the same then:
   *   a link that still works is in the mailbox.
   * @throws Problem `rate_limited` when this client asks too often
   */
  mail(c: Context, from: string | null, email: string, kind: MailKind): Promise<boolean>;
};

/** Counted apart, so that nobody can use up the mails by which an owner gets in by asking for others. */
export type MailKind = 'reset' | 'other';

/** How long a password waits once its account was tried too often from everywhere. */
export const SLOW_MS = 1_000;

const minutes = (count: number) => count * 60;

export function createAccountBudgets(): AccountBudgets {
  const passwords = {
    address: createBudget({ name: 'passwords-of-address', quota: 60, windowSeconds: minutes(1) }),
    // By account and address, so that a stranger elsewhere cannot lock the owner out …
    pair: createBudget({ name: 'passwords-of-account', quota: 15, windowSeconds: minutes(10) }),
    // … and by account alone against many addresses: who comes beyond it waits, so that this locks nobody out either.
    account: createBudget({ name: 'passwords-everywhere', quota: 200, windowSeconds: minutes(60) }),
  };
  const mails = {
    address: createBudget({ name: 'mails-of-address', quota: 20, windowSeconds: minutes(10) }),
    pair: createBudget({ name: 'mails-of-account', quota: 4, windowSeconds: minutes(15) }),
    // Less than the life of a link: when this is used up, links that work are in the mailbox.
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

/** Short and of one length, whatever was typed: keys are kept in memory. */
const keyOf = (email: string) => createHash('sha256').update(email.toLowerCase()).digest('base64url');

async function spend(c: Context, budget: Budget, key: string): Promise<void> {
  const spent = await budget.spend(key);
  if (spent.allowed) return;
  setRateLimit(c, budget, spent);
  throw new Problem('rate_limited', { retryAfterSeconds: spent.resetSeconds });
}
