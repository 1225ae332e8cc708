import { type AuditEntry, auditChange } from '../audit/entry.ts';
import type { Sql } from '../client.ts';

/** @returns whether the room had a theme */
export async function deleteTheme(sql: Sql, room: string, entry: AuditEntry): Promise<boolean> {
  const rows = await sql`
    with changed as (
      delete from room_themes where room = ${room} returning room
    ), ${auditChange(sql, entry)}
    select room from changed`;
  return rows.length === 1;
}
