import { randomUUID } from 'node:crypto';
import { deleteTheme } from '@shopfast/db/themes/delete';
import { findTheme } from '@shopfast/db/themes/find';
import { saveTheme as saveRow } from '@shopfast/db/themes/save';
import { type Author, auditEntry } from '@shopfast/kit/admin/author';
import type { Gateway } from '../deps.ts';
import type { Theme } from './theme.ts';

/** Gives a room's waiting page a theme, or another one, audited; the other gateways show it within a second. @throws Problem room_unknown */
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

/** The waiting page looks as usual again, if it did not. @throws Problem room_unknown */
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

/** The theme that a room has; without one, an empty one. @throws Problem room_unknown */
export async function readTheme(gateway: Gateway, room: string): Promise<Theme> {
  gateway.rooms.get(room);
  const row = await findTheme(gateway.sql, room);
  return (row?.theme ?? {}) as Theme;
}

/** For the audit log, which keeps everything for ever: a logo by its size. */
const inShort = ({ logo, ...theme }: Theme) =>
  logo === undefined
    ? theme
    : { ...theme, logo: `${logo.slice(0, logo.indexOf(';'))}, ${logo.length} characters` };
