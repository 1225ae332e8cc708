import { appendAudit } from '@shopfast/db/audit/append';
import { type Author, auditEntry } from '@shopfast/kit/admin/author';
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
 * Makes codes for a room, audited. They are signed and not stored: who does not keep them cannot get them again.
 * @throws Problem room_unknown
 */
export async function issueCodes(
  gateway: Gateway,
  roomId: string,
  wanted: WantedCodes,
  author: Author,
): Promise<string[]> {
  const room = gateway.rooms.get(roomId);
  const { kind, count, uses, expires_at } = wanted;
  const endsMs = expires_at === null ? null : Date.parse(expires_at);
  const codes = Array.from({ length: count }, () =>
    gateway.codes.sign({ room: room.id, kind, id: newCodeId(), uses, endsMs }),
  );
  await appendAudit(
    gateway.sql,
    auditEntry(author, gateway.clock.now(), { action: 'codes.create', target: room.id, after: wanted }),
  );
  return codes;
}
