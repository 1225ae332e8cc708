import { randomBytes } from 'node:crypto';
import { Problem } from '@shopfast/kit/errors';
import type { Gateway } from '../deps.ts';
import { roomKeys } from '../lua/keys.ts';
import type { Room } from '../rooms/room.ts';

/**
 * Admits a newcomer who solved a challenge of this room; each solution works once. A forged, foreign or unsolved one
 * takes two HMACs and no Redis; a good one takes one Redis call.
 * @param proof base64 of challenge and solution, as ALTCHA's solvers send it
 * @throws Problem proof_required, proof_invalid, unavailable
 */
export async function requireProof(gateway: Gateway, room: Room, proof: string | undefined): Promise<void> {
  if (!proof)
    throw new Problem('proof_required', { detail: `Solve the challenge at /v1/rooms/${room.id}/challenge.` });
  const solved = await gateway.challenges.check(room, proof);
  const keys = roomKeys(room.id);
  const code = await gateway.redis.wrSpend(
    keys.room,
    keys.spent(solved.expiresMs),
    solved.id,
    randomBytes(6).toString('base64url'),
    solved.expiresMs,
    room.epoch,
  );
  if (code === 0) throw gateway.rooms.reportMissing(room.id);
  if (code === -1) throw new Problem('proof_invalid', { detail: 'It was already used.' });
  if (code === -2) throw new Problem('proof_invalid', { detail: 'It has expired.' });
}
