import { randomBytes } from 'node:crypto';
import { Problem } from '@shopfast/kit/errors';
import { runSpend } from '../lua/spend.ts';
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
  const outcome = await runSpend(deps.redis, room.id, {
    id: solved.id,
    operation: randomBytes(6).toString('base64url'),
    endsMs: solved.expiresMs,
    epoch: room.epoch,
  });
  if (outcome === 'room_unknown') throw deps.rooms.reportMissing(room.id);
  if (outcome === 'spent_before') throw new Problem('proof_invalid', { detail: 'It was already used.' });
  if (outcome === 'expired') throw new Problem('proof_invalid', { detail: 'It has expired.' });
}
