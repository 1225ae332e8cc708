import { deleteRoom as deleteRow, findRoom } from '@shopfast/db/rooms';
import { type Author, auditEntry } from '@shopfast/kit/admin/author';
import { Problem } from '@shopfast/kit/errors';
import type { RoomDeps } from './deps.ts';
import { wipeRoom } from './wipe.ts';

/**
 * Deletes a room with all its Redis keys and rows, except the audit log and the list of revoked tokens, which could buy
 * again without it. First the row, then the keys: a gateway that restores the room meanwhile checks the row afterwards
 * (see `syncRoomToRedis`), so one of the two removes the keys.
 * @param force also deletes a room that is neither scheduled nor closed; everybody in it loses their place
 * @throws Problem room_unknown, state_conflict, edit_conflict
 */
export async function deleteRoom(deps: RoomDeps, id: string, force: boolean, author: Author): Promise<void> {
  const room = await findRoom(deps.sql, id);
  if (!room) throw new Problem('room_unknown');
  if (!force && room.state !== 'scheduled' && room.state !== 'closed')
    throw new Problem('state_conflict', {
      detail: `The room is ${room.state}. Close it first, or delete it with ?force=true.`,
    });
  const { name, settings, state, epoch, version, high_number } = room;
  const entry = auditEntry(author, deps.clock.now(), {
    action: 'room.delete',
    target: id,
    before: { name, ...settings, state, epoch, version, issued: high_number },
  });
  if (!(await deleteRow(deps.sql, room, entry))) throw new Problem('edit_conflict');
  deps.rooms.remove(id);
  await wipeRoom(deps, id, epoch);
}
