import { appendAudit } from '@shopfast/db/audit/append';
import { findRoom } from '@shopfast/db/rooms/find';
import { type Author, auditEntry } from '@shopfast/kit/admin/author';
import { Problem } from '@shopfast/kit/errors';
import type { Gateway } from '../deps.ts';
import type { Room } from '../rooms/room.ts';
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
 * @throws Problem room_unknown; state_conflict for priority codes of a lottery once its lobby has opened
 */
export async function issueCodes(
  gateway: Gateway,
  roomId: string,
  wanted: WantedCodes,
  author: Author,
): Promise<string[]> {
  const room = gateway.rooms.get(roomId);
  const { kind, count, uses, expires_at } = wanted;
  if (kind === 'priority') await refuseAfterLobby(gateway, room);
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

/** Whoever joins a lottery has to be able to know who may pass the draw by: codes are all made before, or none. */
async function refuseAfterLobby(gateway: Gateway, { id, settings }: Room): Promise<void> {
  if (settings.queueing_method !== 'lottery') return;
  const row = await findRoom(gateway.sql, id);
  if (!row) throw new Problem('room_unknown');
  if (row.state !== 'scheduled')
    throw new Problem('state_conflict', {
      detail: `The room is ${row.state}. Priority codes of a lottery are made before its lobby opens.`,
    });
}
