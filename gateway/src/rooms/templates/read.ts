import { findTemplate } from '@shopfast/db/templates';
import { Problem } from '@shopfast/kit/errors';
import type { Gateway } from '../../deps.ts';
import type { SomeSettings } from '../settings.ts';

/** The settings of a template. @throws Problem template_unknown */
export async function readTemplate(gateway: Gateway, name: string): Promise<SomeSettings> {
  const template = await findTemplate(gateway.sql, name);
  if (!template) throw new Problem('template_unknown');
  return template.settings as SomeSettings;
}
