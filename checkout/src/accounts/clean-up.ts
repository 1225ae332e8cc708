import { cleanUpAccounts } from '@shopfast/db/accounts/clean-up';
import type { Sql } from '@shopfast/db/client';
import type { Clock } from '@shopfast/kit/clock';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import type { Log } from '@shopfast/kit/log';
import { repeat } from '@shopfast/kit/repeat';

const EVERY_MS = 10 * 60_000;
const ROWS_AT_ONCE = 1_000;
/** An account that nobody has verified is somebody's mistyped address: it does not stay. */
export const UNVERIFIED_DAYS = 7;

/** Removes what has run out, a bounded number of rows at a time; beside the requests, in the accounts' own pool. */
export function keepAccountsTidy(context: { sql: Sql; clock: Clock; log: Log; lifecycle: Lifecycle }): void {
  const tidy = () => {
    const now = context.clock.now();
    return cleanUpAccounts(context.sql, {
      now: new Date(now),
      unverifiedBefore: new Date(now - UNVERIFIED_DAYS * 86_400_000),
      limit: ROWS_AT_ONCE,
    });
  };
  repeat(EVERY_MS, 'clean-up of accounts', tidy, context);
}
