import { type AuditEntry, auditChange } from './audit.ts';
import type { Sql } from './client.ts';
import type { Room } from './schema/gateway.ts';

/** Saves how often codes of a room were used in an epoch. A count never decreases. */
export async function saveCodeUses(
  sql: Sql,
  room: { id: string; epoch: number },
  uses: ReadonlyMap<string, number>,
): Promise<void> {
  await sql`
    insert into code_uses (room_id, epoch, code_id, uses)
    select ${room.id}, ${room.epoch}::integer, code_id, uses
    from unnest(${[...uses.keys()]}::text[], ${[...uses.values()]}::integer[]) as used (code_id, uses)
    where exists (select from rooms where id = ${room.id})
    order by code_id
    on conflict (room_id, epoch, code_id)
    do update set uses = greatest(code_uses.uses, excluded.uses)`;
}

/** How often each code of a room was used in an epoch, as last saved. */
export async function listCodeUses(
  sql: Sql,
  room: { id: string; epoch: number },
): Promise<Map<string, number>> {
  const rows = await sql<Array<{ code_id: string; uses: number }>>`
    select code_id, uses from code_uses where room_id = ${room.id} and epoch = ${room.epoch}`;
  return new Map(rows.map(({ code_id, uses }) => [code_id, uses]));
}

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

/** The ids of the codes that were revoked in a generation of a room. */
export async function listRevokedCodes(sql: Sql, room: { id: string; epoch: number }): Promise<string[]> {
  const rows = await sql<{ code_id: string }[]>`
    select code_id from revoked_codes where room_id = ${room.id} and epoch = ${room.epoch}`;
  return rows.map((row) => row.code_id);
}
