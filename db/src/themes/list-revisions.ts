import type { Sql } from '../client.ts';
import type { RoomTheme } from '../schema/gateway.ts';

export type ThemeRevision = Pick<RoomTheme, 'room' | 'revision'>;

/** The rooms with a theme, and its revision. The result is small, so it can be read often. */
export async function listThemeRevisions(sql: Sql): Promise<ThemeRevision[]> {
  return await sql<ThemeRevision[]>`select room, revision from room_themes`;
}
