import { revokeCode as saveRevocation } from '@shopfast/db/codes';
import { type Author, auditEntry } from '@shopfast/kit/admin/author';
import type { CodeDeps } from './deps.ts';

/**
 * Revokes a code by its id, audited: nobody can join with it any more, here at once and at other gateways within about
 * a second. Places that it gave remain. Codes are not stored, so any id can be revoked. Idempotent.
 * @throws Problem room_unknown
 */
export async function revokeCode(
  deps: Pick<CodeDeps, 'sql' | 'clock' | 'rooms' | 'revokedCodes'>,
  roomId: string,
  id: string,
  author: Author,
): Promise<void> {
  const { epoch } = deps.rooms.get(roomId);
  const at = deps.clock.now();
  const entry = auditEntry(author, at, { action: 'codes.revoke', target: roomId, after: { id } });
  const row = await saveRevocation(deps.sql, { room: roomId, epoch, id, at: new Date(at) }, entry);
  if (row) deps.rooms.put(row);
  deps.revokedCodes.add({ id: roomId, epoch }, id);
}
