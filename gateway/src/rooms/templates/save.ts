import { findTemplate, saveTemplate as saveRow } from '@shopfast/db/templates';
import { type Author, auditEntry } from '@shopfast/kit/admin/author';
import { DEFAULT_SETTINGS, roomSettings, type SomeSettings } from '@shopfast/kit/contracts/rooms';
import { invalidRequest } from '@shopfast/kit/http';
import type { RoomDeps } from '../deps.ts';

/**
 * Creates or replaces a template. Settings that no room could use are refused now, not when it is used.
 * @throws Problem invalid_request
 */
export async function saveTemplate(
  deps: RoomDeps,
  name: string,
  settings: SomeSettings,
  author: Author,
): Promise<void> {
  const parsed = roomSettings.safeParse({ ...DEFAULT_SETTINGS, ...settings });
  if (!parsed.success) throw invalidRequest(parsed.error.issues);
  const before = await findTemplate(deps.sql, name);
  const entry = auditEntry(author, deps.clock.now(), {
    action: before ? 'template.update' : 'template.create',
    target: name,
    before: before?.settings,
    after: settings,
  });
  await saveRow(deps.sql, { name, settings }, entry);
}
