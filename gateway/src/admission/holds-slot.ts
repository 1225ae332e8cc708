import type { ReservationClaims } from '@shopfast/kit/contracts/token';
import type { Gateway } from '../deps.ts';
import { roomKeys } from '../lua/keys.ts';

/**
 * Whether a genuine reservation token still holds its slot: false once it was spent, revoked or given back. What Redis
 * cannot know (it lost the room since the token was signed) counts for the holder. One round trip of two O(1) reads.
 */
export async function holdsSlot(
  { redis }: Gateway,
  { room, jti, iat }: Pick<ReservationClaims, 'room' | 'jti' | 'iat'>,
): Promise<boolean> {
  const keys = roomKeys(room);
  const answers = await redis.pipeline().hexists(keys.tokens, jti).hget(keys.room, 'amnesty_at').exec();
  const [[failed, active], [, knownSince]] = answers as [
    [Error | null, number],
    [Error | null, string | null],
  ];
  if (failed) throw failed;
  return active === 1 || knownSince === null || (iat + 1) * 1_000 <= Number(knownSince);
}
