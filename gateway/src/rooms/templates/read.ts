import { findTemplate } from '@shopfast/db/templates';
import type { SomeSettings } from '@shopfast/kit/contracts/rooms';
import { Problem } from '@shopfast/kit/errors';
import type { RoomDeps } from '../deps.ts';

/** The settings of a template. @throws Problem template_unknown */
export async function readTemplate(deps: RoomDeps, name: string): Promise<SomeSettings> {
  const template = await findTemplate(deps.sql, name);
  if (!template) throw new Problem('template_unknown');
  // They were checked when the template was saved.
  return template.settings as SomeSettings;
}
