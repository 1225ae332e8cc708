import type { Gateway } from '../deps.ts';
import { roomKeys } from '../lua/keys.ts';

/**
 * Frees the slot of a spent token, and records that it was spent: a Redis that has lost this must not accept the token
 * again.
 * @returns whether there was such a slot
 */
export async function freeSpentSlot(gateway: Gateway, room: string, jti: string): Promise<boolean> {
  gateway.released.note(room, jti);
  return releaseSlot(gateway, room, jti, 'completed');
}

/**
 * Frees the active slot of a token that was spent, cancelled or revoked. Idempotent.
 * @returns whether there was such a slot
 */
export async function releaseSlot(
  gateway: Gateway,
  room: string,
  jti: string,
  outcome: 'completed' | 'revoked',
): Promise<boolean> {
  const { called, active, tokens, ended } = roomKeys(room);
  const wasFreed = (await gateway.redis.wrRelease(called, active, tokens, ended, jti, outcome)) === 1;
  if (wasFreed) gateway.meters.released(room, outcome);
  return wasFreed;
}
