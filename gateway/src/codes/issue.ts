import { appendAudit } from '@shopfast/db/audit';
import { findRoom } from '@shopfast/db/rooms';
import type { Room as RoomRow } from '@shopfast/db/schema/gateway';
import { type Author, auditEntry } from '@shopfast/kit/admin/author';
import type { WantedCodes } from '@shopfast/kit/contracts/rooms';
import { Problem } from '@shopfast/kit/errors';
import { newCodeId } from './code.ts';
import type { CodeDeps } from './deps.ts';

/**
 * Creates codes for a room, audited. They are signed and not stored, so the answer is the only copy. A code is revoked
 * by its id.
 * @throws Problem room_unknown; state_conflict for priority codes of a lottery once its lobby has opened
 */
export async function issueCodes(
  deps: Pick<CodeDeps, 'sql' | 'clock' | 'codes'>,
  roomId: string,
  wanted: WantedCodes,
  author: Author,
): Promise<{ code: string; id: string }[]> {
  // Read from Postgres, because codes with the generation of a second ago would be void.
  const room = await findRoom(deps.sql, roomId);
  if (!room) throw new Problem('room_unknown');
  const { kind, count, uses, expires_at } = wanted;
  if (kind === 'priority') refuseAfterLobby(room);
  const endsMs = expires_at === null ? null : Date.parse(expires_at);
  const codes = Array.from({ length: count }, () => {
    const id = newCodeId();
    return { id, code: deps.codes.sign({ room: room.id, epoch: room.epoch, kind, id, uses, endsMs }) };
  });
  await appendAudit(
    deps.sql,
    auditEntry(author, deps.clock.now(), { action: 'codes.create', target: room.id, after: wanted }),
  );
  return codes;
}

/**
 * Everybody who joins a lottery must be able to know who skips the draw. So all codes are created before its lobby
 * opens.
 */
function refuseAfterLobby({ settings, state }: RoomRow): void {
  if (settings.queueing_method !== 'lottery' || state === 'scheduled') return;
  throw new Problem('state_conflict', {
    detail: `The room is ${state}. Create priority codes of a lottery before its lobby opens.`,
  });
}
