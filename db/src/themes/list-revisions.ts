import type { Sql } from '../client.ts';
import type { RoomTheme } from '../schema/gateway.ts';

export type ThemeRevision = Pick<RoomTheme, 'room' | 'revision'>;

/** Which rooms have a theme, and which: small, so that it can be asked for often. */
export async function listThemeRevisions(sql: Sql): Promise<ThemeRevision[]> {
  return await sql<ThemeRevision[]>`select room, revision from room_themes`;
}
