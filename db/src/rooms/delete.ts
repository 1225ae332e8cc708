import { type AuditEntry, auditChange } from '../audit/entry.ts';
import type { Sql } from '../client.ts';

/**
 * Deletes a room and all its data, with an audit entry, if it still has the version that the caller has read.
 * @returns whether it existed
 */
export async function deleteRoom(
  sql: Sql,
  room: { id: string; version: number },
  entry: AuditEntry,
): Promise<boolean> {
  const rows = await sql`
    with changed as (
      delete from rooms where id = ${room.id} and version = ${room.version} returning id
    ), ${auditChange(sql, entry)}
    select id from changed`;
  return rows.length === 1;
}
