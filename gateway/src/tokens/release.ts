import { runRelease } from '../lua/release.ts';
import type { TokenDeps } from './deps.ts';

/**
 * Frees the slot of a spent token, and records that it was spent: a Redis that has lost this must not accept the token
 * again.
 * @returns whether there was such a slot
 */
export async function freeSpentSlot(
  deps: Pick<TokenDeps, 'redis' | 'meters' | 'released'>,
  room: string,
  jti: string,
): Promise<boolean> {
  deps.released.note(room, jti);
  return releaseSlot(deps, room, jti, 'completed');
}

/**
 * Frees the active slot of a token that was spent, cancelled or revoked. Idempotent.
 * @returns whether there was such a slot
 */
export async function releaseSlot(
  deps: Pick<TokenDeps, 'redis' | 'meters'>,
  room: string,
  jti: string,
  outcome: 'completed' | 'revoked',
): Promise<boolean> {
  const wasFreed = await runRelease(deps.redis, { room, jti }, outcome);
  if (wasFreed) deps.meters.released(room, outcome);
  return wasFreed;
}
