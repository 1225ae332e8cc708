import { createHash } from 'node:crypto';
import type { Sql } from '@shopfast/db/client';
import { findTheme, listThemeRevisions } from '@shopfast/db/themes';
import { type Logo, logoIn } from '@shopfast/kit/contracts/logo';
import { type Theme, themeOf } from '@shopfast/kit/contracts/theme';
import { styleOf } from './style.ts';

/** A theme, ready to be sent. */
export type ReadyTheme = {
  revision: string;
  theme: Theme;
  style: string;
  /** In the form of a Content-Security-Policy: `'sha256-…'`. */
  styleSource: string;
  logo: Logo | null;
};

/** The themes as this process knows them: pages never wait for Postgres. Refreshed every five seconds. */
export type ThemeDirectory = {
  of(room: string): ReadyTheme | undefined;
  put(room: string, revision: string, theme: Theme): void;
  remove(room: string): void;
  /** Reads what has changed: one small statement, and one for each changed theme. */
  refresh(): Promise<void>;
};

export function createThemeDirectory(sql: Sql): ThemeDirectory {
  const themes = new Map<string, ReadyTheme>();

  const put = (room: string, revision: string, theme: Theme): void => {
    const style = styleOf(theme);
    const hash = createHash('sha256').update(style).digest('base64');
    const logo = theme.logo === undefined ? null : logoIn(theme.logo);
    themes.set(room, { revision, theme, style, styleSource: `'sha256-${hash}'`, logo });
  };

  return {
    of: (room) => themes.get(room),
    put,
    remove: (room) => void themes.delete(room),
    async refresh() {
      const revisions = new Map(
        (await listThemeRevisions(sql)).map(({ room, revision }) => [room, revision]),
      );
      for (const room of themes.keys()) if (!revisions.has(room)) themes.delete(room);
      for (const [room, revision] of revisions) {
        if (themes.get(room)?.revision === revision) continue;
        const row = await findTheme(sql, room);
        if (row) put(room, row.revision, themeOf(row));
      }
    },
  };
}
