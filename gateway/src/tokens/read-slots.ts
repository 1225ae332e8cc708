import type { ReservationClaims } from '@shopfast/kit/contracts/token';
import { roomKeys } from '../lua/keys.ts';
import type { TokenDeps } from './deps.ts';

/** What Redis knows of a token: it holds its slot; it holds none (any more); or Redis cannot tell. */
export type SlotReading = 'held' | 'none' | 'unknown';

export type KnownToken = Pick<ReservationClaims, 'room' | 'epoch' | 'jti' | 'iat'>;

/**
 * Reads whether genuine reservation tokens of one room hold their slots. Redis knows all tokens of the room's current
 * generation that were signed since `tokens_known_from` (by its own clock): when it created the room, or last fell
 * behind. One round trip for all of them, O(1) for each.
 * @returns a reading for each token, in order
 */
export async function readSlots(
  { redis }: Pick<TokenDeps, 'redis'>,
  room: string,
  tokens: readonly KnownToken[],
): Promise<SlotReading[]> {
  const keys = roomKeys(room);
  const pipeline = redis
    .pipeline()
    .hmget(keys.tokens, ...tokens.map(({ jti }) => jti))
    .hmget(keys.room, 'epoch', 'tokens_known_from', 'made_at');
  const [[failed, held] = [], [alsoFailed, fields] = []] = (await pipeline.exec()) ?? [];
  if (failed ?? alsoFailed) throw failed ?? alsoFailed;
  if (!Array.isArray(held) || !Array.isArray(fields)) throw new Error('HMGET returns a list');
  const [epoch, knownFrom, madeAt]: (string | null)[] = fields;
  // A room that an older gateway version created does not have this field.
  const since = Number(knownFrom ?? madeAt ?? Number.POSITIVE_INFINITY);
  return tokens.map((token, at) => {
    if (epoch == null || Number(epoch) < token.epoch) return 'unknown';
    if (Number(epoch) > token.epoch) return 'none';
    if (token.iat * 1_000 < since) return 'unknown';
    return held[at] == null ? 'none' : 'held';
  });
}
