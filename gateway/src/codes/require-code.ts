import { Problem } from '@shopfast/kit/errors';
import type { Line } from '../lua/keys.ts';
import type { Code } from './code.ts';
import type { CodeDeps, RoomOfCode } from './deps.ts';

/**
 * Checks the code of a join, and whether the room requires one. It takes an HMAC and no Redis; uses and expiry are
 * checked when the place is given.
 * @returns null when the code is not needed; then no use is counted
 * @throws Problem invite_required, code_invalid
 */
export function requireCode(
  deps: Pick<CodeDeps, 'codes' | 'revokedCodes'>,
  room: RoomOfCode,
  text: string | undefined,
): Code | null {
  const { invite_only } = room.settings;
  if (text === undefined) {
    if (invite_only) throw new Problem('invite_required');
    return null;
  }
  const code = deps.codes.verify(text);
  if (!code) throw new Problem('code_invalid', { detail: 'It was not issued here.' });
  if (code.room !== room.id) throw new Problem('code_invalid', { detail: 'It is for another room.' });
  if (!isOfGeneration(room, code))
    throw new Problem('code_invalid', { detail: 'It was issued for an earlier sale in this room.' });
  if (deps.revokedCodes.has(room, code.id)) throw new Problem('code_invalid', { detail: 'It was revoked.' });
  return invite_only || lineOf(room, code) === 'priority' ? code : null;
}

const isOfGeneration = (room: RoomOfCode, { epoch }: Code): boolean =>
  epoch === null ? room.takesCodesWithoutEpoch : epoch === room.epoch;

/** The line that a code leads to. In a room without a priority line, a priority code is an invite code. */
export function lineOf(room: RoomOfCode, code: Code): Line {
  return code.kind === 'priority' && room.settings.priority_share > 0 ? 'priority' : 'ordinary';
}
