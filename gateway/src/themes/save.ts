import { randomUUID } from 'node:crypto';
import { deleteTheme, findTheme, saveTheme as saveRow } from '@shopfast/db/themes';
import { type Author, auditEntry } from '@shopfast/kit/admin/author';
import type { Gateway } from '../deps.ts';
import type { Theme } from './theme.ts';

/**
 * Sets or replaces the theme of a room's waiting page, audited. Other gateways show it within a second.
 * @throws Problem room_unknown
 */
export async function saveTheme(gateway: Gateway, room: string, theme: Theme, author: Author): Promise<void> {
  gateway.rooms.get(room);
  const before = await findTheme(gateway.sql, room);
  const entry = auditEntry(author, gateway.clock.now(), {
    action: 'theme.update',
    target: room,
    before: before && inShort(before.theme as Theme),
    after: inShort(theme),
  });
  const saved = await saveRow(gateway.sql, { room, theme, revision: randomUUID() }, entry);
  gateway.themes.put(room, saved.revision, theme);
}

/** Removes the theme, if there is one. @throws Problem room_unknown */
export async function removeTheme(gateway: Gateway, room: string, author: Author): Promise<void> {
  gateway.rooms.get(room);
  const before = await findTheme(gateway.sql, room);
  const entry = auditEntry(author, gateway.clock.now(), {
    action: 'theme.delete',
    target: room,
    before: before && inShort(before.theme as Theme),
  });
  await deleteTheme(gateway.sql, room, entry);
  gateway.themes.remove(room);
}

/** The theme of a room, or an empty one. @throws Problem room_unknown */
export async function readTheme(gateway: Gateway, room: string): Promise<Theme> {
  gateway.rooms.get(room);
  const row = await findTheme(gateway.sql, room);
  return (row?.theme ?? {}) as Theme;
}

/** For the audit log, which is never deleted: only the size of a logo. */
const inShort = ({ logo, ...theme }: Theme) =>
  logo === undefined
    ? theme
    : { ...theme, logo: `${logo.slice(0, logo.indexOf(';'))}, ${logo.length} characters` };
