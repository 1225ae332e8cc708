import { cleanUpReleased, cleanUpRevocations } from '@shopfast/db/revoked-tokens';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import { repeat } from '@shopfast/kit/repeat';
import type { TokenDeps } from './deps.ts';

/** The longest `token_ttl_seconds`, the checkout's leeway, and a minute for clock differences. */
const LAST_MOMENT_MS = 86_400_000 + 65_000;
/** For a room that stays open: longer than anybody keeps a ticket. */
const LONGEST_MS = 30 * 86_400_000;
const EVERY_MS = 600_000;
/** A portion, and the most portions in a round. */
const PORTION = 1_000;
const PORTIONS = 10;

/** Deletes revocations whose tokens and tickets have expired, so that the table stays small. */
export function startRevocationCleanUp(
  deps: Pick<TokenDeps, 'sql' | 'clock' | 'log'>,
  lifecycle: Lifecycle,
): void {
  repeat(EVERY_MS, 'revocation clean-up', () => pruneRevocations(deps), { log: deps.log, lifecycle });
}

/** One round, in bounded portions. */
export async function pruneRevocations(deps: Pick<TokenDeps, 'sql' | 'clock' | 'log'>): Promise<void> {
  const now = deps.clock.now();
  const bounds = {
    before: new Date(now - LAST_MOMENT_MS),
    longBefore: new Date(now - LONGEST_MS),
    limit: PORTION,
  };
  for (let portion = 0; portion < PORTIONS; portion += 1)
    if ((await cleanUpRevocations(deps.sql, bounds)) < PORTION) break;
  for (let portion = 0; portion < PORTIONS; portion += 1)
    if ((await cleanUpReleased(deps.sql, bounds)) < PORTION) return;
}
