import { deleteTemplate as deleteRow } from '@shopfast/db/templates';
import { type Author, auditEntry } from '@shopfast/kit/admin/author';
import { Problem } from '@shopfast/kit/errors';
import type { RoomDeps } from '../deps.ts';
import { readTemplate } from './read.ts';

/** Deletes a template. Rooms that were created from it stay unchanged. @throws Problem template_unknown */
export async function deleteTemplate(deps: RoomDeps, name: string, author: Author): Promise<void> {
  const before = await readTemplate(deps, name);
  const entry = auditEntry(author, deps.clock.now(), { action: 'template.delete', target: name, before });
  if (!(await deleteRow(deps.sql, name, entry))) throw new Problem('template_unknown');
}
