import { type AuditEntry, auditChange } from '../audit/entry.ts';
import type { Sql } from '../client.ts';
import type { Room } from '../schema/gateway.ts';

/**
 * Revokes a code of a room's current generation. Gateways read the counter in the room's row every second. When it
 * changes, they read the list again.
 * @returns the room, or undefined when the code was revoked before (or the generation has ended) and nothing changed
 */
export async function revokeCode(
  sql: Sql,
  code: { room: string; epoch: number; id: string; at: Date },
  entry: AuditEntry,
): Promise<Room | undefined> {
  const [room] = await sql<Room[]>`
    with revoked as (
      insert into revoked_codes (room_id, epoch, code_id, revoked_at)
      select id, epoch, ${code.id}, ${code.at}::timestamptz from rooms
      where id = ${code.room} and epoch = ${code.epoch}::int
      on conflict do nothing
      returning room_id
    ), changed as (
      update rooms set revoked_codes = revoked_codes + 1 from revoked
      where rooms.id = revoked.room_id and rooms.epoch = ${code.epoch}::int
      returning rooms.*
    ), ${auditChange(sql, entry)}
    select * from changed`;
  return room;
}
