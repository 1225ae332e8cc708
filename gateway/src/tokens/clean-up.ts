import { cleanUpReleased, cleanUpRevocations } from '@shopfast/db/revoked-tokens/clean-up';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import { repeat } from '@shopfast/kit/repeat';
import type { Gateway } from '../deps.ts';

/** The longest `token_ttl_seconds`, the checkout's leeway, and a minute for clocks. */
const LAST_MOMENT_MS = 86_400_000 + 65_000;
/** Of a room that goes on and on: longer than any ticket is held. */
const LONGEST_MS = 30 * 86_400_000;
const EVERY_MS = 600_000;
/** A portion, and how many of them a round may take. */
const PORTION = 1_000;
const PORTIONS = 10;

/** Forgets revocations whose tokens and tickets are over, so that their table stays as small as what it is asked for. */
export function startRevocationCleanUp(gateway: Gateway, lifecycle: Lifecycle): void {
  repeat(EVERY_MS, 'revocation clean-up', () => pruneRevocations(gateway), { log: gateway.log, lifecycle });
}

/** One round, in bounded portions. */
export async function pruneRevocations(gateway: Gateway): Promise<void> {
  const now = gateway.clock.now();
  const bounds = {
    before: new Date(now - LAST_MOMENT_MS),
    longBefore: new Date(now - LONGEST_MS),
    limit: PORTION,
  };
  for (let portion = 0; portion < PORTIONS; portion += 1)
    if ((await cleanUpRevocations(gateway.sql, bounds)) < PORTION) break;
  for (let portion = 0; portion < PORTIONS; portion += 1)
    if ((await cleanUpReleased(gateway.sql, bounds)) < PORTION) return;
}
