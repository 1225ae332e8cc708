import { cleanUpAccounts, markEmailVerified } from '@shopfast/db/accounts';
import type { Sql } from '@shopfast/db/client';
import { createDatabaseBulkhead, type DatabaseBulkhead } from '@shopfast/db/database-bulkhead';
import type { Clock } from '@shopfast/kit/clock';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import type { Log } from '@shopfast/kit/log';
import { repeat } from '@shopfast/kit/repeat';
import { type Auth, createAuth } from './auth.ts';
import { type AccountBudgets, createAccountBudgets } from './budgets.ts';
import { createPasswordHasher } from './password-hasher.ts';

/** Accounts have their own pools, bulkheads and hashing thread. Orders use none of them. */
export type Accounts = {
  auth: Auth;
  sql: Sql;
  /** For calls that hash a password: few at once, the rest waits and then gets `overloaded`. */
  proving: DatabaseBulkhead;
  /** For all other calls, so that a storm of sign-ins does not stop signed-in shoppers. */
  reading: DatabaseBulkhead;
  budgets: AccountBudgets;
  secret: string;
  /** The shop's own origin: only its pages may act for a signed-in shopper. */
  origin: string;
};

export type AccountsOptions = {
  /** One pool for better-auth and one for the rest. Orders use another one. */
  pools: { auth: Sql; own: Sql };
  secret: string;
  publicUrl: string;
  clock: Clock;
  log: Log;
  lifecycle: Lifecycle;
  /** Time limit of the bulkheads, from arrival to answer. Default: that of every database bulkhead. */
  limitMs?: number;
};

/** One thread hashes about 12 passwords a second. A longer queue would wait longer than the bulkhead's 6 s anyway. */
const PROVING = { slots: 4, queue: 48 };

export function createAccounts(options: AccountsOptions): Accounts {
  const { pools, secret, publicUrl, clock, log, lifecycle, limitMs } = options;
  const limit = limitMs === undefined ? {} : { limitMs };
  const hasher = createPasswordHasher(lifecycle);
  return {
    auth: createAuth({
      sql: pools.auth,
      secret,
      publicUrl,
      hasher,
      // The owner of the mailbox owns the account, even when somebody else signed up with the address before.
      onPasswordReset: (userId) => markEmailVerified(pools.own, { userId, now: new Date(clock.now()) }),
      log,
    }),
    sql: pools.own,
    proving: createDatabaseBulkhead({ ...PROVING, ...limit }),
    reading: createDatabaseBulkhead({ slots: 2, queue: 100, ...limit }),
    budgets: createAccountBudgets(),
    secret,
    origin: new URL(publicUrl).origin,
  };
}

const EVERY_MS = 10 * 60_000;
const ROWS_AT_ONCE = 1_000;
/** After this many days an account that was never verified is deleted: the address was probably mistyped. */
export const UNVERIFIED_DAYS = 7;

/** Deletes expired rows in bounded portions, in the accounts' own pool. */
export function startPruningAccounts(context: {
  sql: Sql;
  clock: Clock;
  log: Log;
  lifecycle: Lifecycle;
}): void {
  const prune = () => {
    const now = context.clock.now();
    return cleanUpAccounts(context.sql, {
      now: new Date(now),
      unverifiedBefore: new Date(now - UNVERIFIED_DAYS * 86_400_000),
      limit: ROWS_AT_ONCE,
    });
  };
  repeat(EVERY_MS, 'clean-up of accounts', prune, context);
}
