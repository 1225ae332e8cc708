import { appendAudit } from '@shopfast/db/audit/append';
import { findRoom } from '@shopfast/db/rooms/find';
import { type Author, auditEntry } from '@shopfast/kit/admin/author';
import { Problem } from '@shopfast/kit/errors';
import type { Gateway } from '../deps.ts';
import { type CodeKind, newCodeId } from './code.ts';

export type WantedCodes = {
  kind: CodeKind;
  count: number;
  /** Places that each code opens. */
  uses: number;
  /** RFC 3339; null: they never end. */
  expires_at: string | null;
  /** For whom they are; kept in the audit log. */
  label: string | null;
};

/**
 * Makes codes for a room, audited. They are signed and not stored: who does not keep them cannot get them again. By its id a code can be withdrawn.
 * @throws Problem room_unknown
 */
export async function issueCodes(
  gateway: Gateway,
  roomId: string,
  wanted: WantedCodes,
  author: Author,
): Promise<{ code: string; id: string }[]> {
  // The generation as it is now, and not as it was a second ago: codes of the one before are worth nothing.
  const room = await findRoom(gateway.sql, roomId);
  if (!room) throw new Problem('room_unknown');
  const { kind, count, uses, expires_at } = wanted;
  const endsMs = expires_at === null ? null : Date.parse(expires_at);
  const codes = Array.from({ length: count }, () => {
    const id = newCodeId();
    return { id, code: gateway.codes.sign({ room: room.id, epoch: room.epoch, kind, id, uses, endsMs }) };
  });
  await appendAudit(
    gateway.sql,
    auditEntry(author, gateway.clock.now(), { action: 'codes.create', target: room.id, after: wanted }),
  );
  return codes;
}
