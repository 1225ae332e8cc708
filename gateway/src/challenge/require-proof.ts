import { randomBytes } from 'node:crypto';
import { Problem } from '@shopfast/kit/errors';
import { roomKeys } from '../lua/keys.ts';
import type { RoomDirectory } from '../rooms/directory.ts';
import type { Room } from '../rooms/room.ts';
import type { ChallengeDeps } from './deps.ts';

/**
 * Admits a newcomer who solved a challenge of this room; each solution works once. A forged, foreign or unsolved one
 * takes two HMACs and no Redis; a good one takes one Redis call.
 * @param proof base64 of challenge and solution, as ALTCHA's solvers send it
 * @throws Problem proof_required, proof_invalid, unavailable
 */
export async function requireProof(
  deps: Pick<ChallengeDeps, 'redis' | 'challenges'> & { rooms: Pick<RoomDirectory, 'reportMissing'> },
  room: Room,
  proof: string | undefined,
): Promise<void> {
  if (!proof)
    throw new Problem('proof_required', { detail: `Solve the challenge at /v1/rooms/${room.id}/challenge.` });
  const solved = await deps.challenges.check(room, proof);
  const keys = roomKeys(room.id);
  const code = await deps.redis.wrSpend(
    keys.room,
    keys.spent(solved.expiresMs),
    solved.id,
    randomBytes(6).toString('base64url'),
    solved.expiresMs,
    room.epoch,
  );
  if (code === 0) throw deps.rooms.reportMissing(room.id);
  if (code === -1) throw new Problem('proof_invalid', { detail: 'It was already used.' });
  if (code === -2) throw new Problem('proof_invalid', { detail: 'It has expired.' });
}
