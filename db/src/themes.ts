import { type AuditEntry, auditChange } from './audit.ts';
import type { Sql } from './client.ts';
import { json } from './json.ts';
import type { RoomTheme } from './schema/gateway.ts';

export async function findTheme(sql: Sql, room: string): Promise<RoomTheme | undefined> {
  const [theme] = await sql<RoomTheme[]>`select * from room_themes where room = ${room}`;
  return theme;
}

export type ThemeRevision = Pick<RoomTheme, 'room' | 'revision'>;

/** The rooms with a theme, and its revision. The result is small, so it can be read often. */
export async function listThemeRevisions(sql: Sql): Promise<ThemeRevision[]> {
  return await sql<ThemeRevision[]>`select room, revision from room_themes`;
}

/** Sets or replaces a room's theme, with the audit entry. The room must exist. */
export async function saveTheme(
  sql: Sql,
  { room, theme, revision }: RoomTheme,
  entry: AuditEntry,
): Promise<RoomTheme> {
  const [saved] = await sql<RoomTheme[]>`
    with changed as (
      insert into room_themes (room, theme, revision)
      values (${room}, ${json(sql, theme)}, ${revision})
      on conflict (room) do update set theme = excluded.theme, revision = excluded.revision
      returning *
    ), ${auditChange(sql, entry)}
    select * from changed`;
  // The insert returns its row.
  return saved as RoomTheme;
}

/** @returns whether the room had a theme */
export async function deleteTheme(sql: Sql, room: string, entry: AuditEntry): Promise<boolean> {
  const rows = await sql`
    with changed as (
      delete from room_themes where room = ${room} returning room
    ), ${auditChange(sql, entry)}
    select room from changed`;
  return rows.length === 1;
}
