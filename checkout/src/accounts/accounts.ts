import { markEmailVerified } from '@shopfast/db/accounts/mark-verified';
import type { Sql } from '@shopfast/db/client';
import type { Clock } from '@shopfast/kit/clock';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import type { Log } from '@shopfast/kit/log';
import { createDatabaseBulkhead, type DatabaseBulkhead } from '../database-bulkhead.ts';
import { type Auth, createAuth } from './auth.ts';
import { type AccountBudgets, createAccountBudgets } from './budgets.ts';
import { createPasswordHasher } from './password-hasher.ts';

/** Accounts, in a bulkhead of their own: pools, turns and a hashing thread that no order needs. */
export type Accounts = {
  auth: Auth;
  sql: Sql;
  /** For what hashes a password: few at once, the rest waits, then hears `overloaded`. */
  proving: DatabaseBulkhead;
  /** For everything else, so that a storm of sign-ins does not stop those who are signed in. */
  reading: DatabaseBulkhead;
  budgets: AccountBudgets;
  secret: string;
  /** The shop's own origin: the only one whose pages may act for a signed-in shopper. */
  origin: string;
};

export type AccountsOptions = {
  /** A pool of better-auth's own, and one for the rest; never the one that orders use. */
  pools: { auth: Sql; own: Sql };
  secret: string;
  publicUrl: string;
  clock: Clock;
  log: Log;
  lifecycle: Lifecycle;
};

/** About 12 hashes a second go through one thread: who would wait longer than the turn's 6 s is better told at once. */
const PROVING = { slots: 4, queue: 48 };

export function createAccounts(options: AccountsOptions): Accounts {
  const { pools, secret, publicUrl, clock, log, lifecycle } = options;
  const hasher = createPasswordHasher(lifecycle);
  return {
    auth: createAuth({
      sql: pools.auth,
      secret,
      publicUrl,
      hasher,
      // Whoever has the mailbox has the account, also when somebody else signed up with the address before.
      onPasswordReset: (userId) => markEmailVerified(pools.own, { userId, now: new Date(clock.now()) }),
      log,
    }),
    sql: pools.own,
    proving: createDatabaseBulkhead(PROVING),
    reading: createDatabaseBulkhead({ slots: 2, queue: 100 }),
    budgets: createAccountBudgets(),
    secret,
    origin: new URL(publicUrl).origin,
  };
}
