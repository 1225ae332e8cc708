import { type AuditEntry, auditChange } from '../audit/entry.ts';
import type { Sql } from '../client.ts';
import type { RoomTheme } from '../schema/gateway.ts';

/** Sets or replaces a room's theme, with the audit entry. The room must exist. */
export async function saveTheme(
  sql: Sql,
  { room, theme, revision }: RoomTheme,
  entry: AuditEntry,
): Promise<RoomTheme> {
  const [saved] = await sql<RoomTheme[]>`
    with changed as (
      insert into room_themes (room, theme, revision)
      values (${room}, ${sql.json(theme as never)}, ${revision})
      on conflict (room) do update set theme = excluded.theme, revision = excluded.revision
      returning *
    ), ${auditChange(sql, entry)}
    select * from changed`;
  return saved as RoomTheme;
}
