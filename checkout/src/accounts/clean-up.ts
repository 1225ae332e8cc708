import { cleanUpAccounts } from '@shopfast/db/accounts';
import type { Sql } from '@shopfast/db/client';
import type { Clock } from '@shopfast/kit/clock';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import type { Log } from '@shopfast/kit/log';
import { repeat } from '@shopfast/kit/repeat';

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
