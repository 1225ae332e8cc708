import { randomUUID } from 'node:crypto';
import { deleteTheme, findTheme, saveTheme as saveRow } from '@shopfast/db/themes';
import { type Author, auditEntry } from '@shopfast/kit/admin/author';
import { type Theme, themeOf } from '@shopfast/kit/contracts/theme';
import type { ThemeDeps } from './deps.ts';

/**
 * Sets or replaces the theme of a room's waiting page, audited. Other gateways show it within a second.
 * @throws Problem room_unknown
 */
export async function saveTheme(deps: ThemeDeps, room: string, theme: Theme, author: Author): Promise<void> {
  deps.rooms.get(room);
  const before = await findTheme(deps.sql, room);
  const entry = auditEntry(author, deps.clock.now(), {
    action: 'theme.update',
    target: room,
    before: before && inShort(themeOf(before)),
    after: inShort(theme),
  });
  const saved = await saveRow(deps.sql, { room, theme, revision: randomUUID() }, entry);
  deps.themes.put(room, saved.revision, theme);
}

/** Removes the theme, if there is one. @throws Problem room_unknown */
export async function removeTheme(deps: ThemeDeps, room: string, author: Author): Promise<void> {
  deps.rooms.get(room);
  const before = await findTheme(deps.sql, room);
  const entry = auditEntry(author, deps.clock.now(), {
    action: 'theme.delete',
    target: room,
    before: before && inShort(themeOf(before)),
  });
  await deleteTheme(deps.sql, room, entry);
  deps.themes.remove(room);
}

/** The theme of a room, or an empty one. @throws Problem room_unknown */
export async function readTheme(deps: ThemeDeps, room: string): Promise<Theme> {
  deps.rooms.get(room);
  const row = await findTheme(deps.sql, room);
  return row ? themeOf(row) : {};
}

/** For the audit log, which is never deleted: only the size of a logo. */
const inShort = ({ logo, ...theme }: Theme) =>
  logo === undefined
    ? theme
    : { ...theme, logo: `${logo.slice(0, logo.indexOf(';'))}, ${logo.length} characters` };
