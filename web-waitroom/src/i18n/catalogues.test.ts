import { readdirSync, readFileSync } from 'node:fs';
import { catalogueErrors } from '@shopfast/kit/i18n/catalogue-errors';
import { LOCALES } from '@shopfast/kit/i18n/locale';
import { expect, test } from 'vitest';
import accessibility from './accessibility/en.ts';
import admin from './admin/en.ts';
import lottery from './lottery/en.ts';
import notifications from './notifications/en.ts';
import shop from './shop/en.ts';
import waiting from './waiting/en.ts';

const catalogues = { waiting, notifications, shop, lottery, admin, accessibility };
const NAMES = ['waiting', 'notifications', 'shop', 'lottery', 'admin', 'accessibility'] as const;
const source = new URL('../', import.meta.url);

/** All code of a page, without its catalogues. */
function codeOf(page: string): string {
  return [new URL(`${FOLDERS[page] ?? page}/`, source), ...(ELSEWHERE[page] ?? [])].map(codeIn).join('\n');
}

const FOLDERS: Record<string, string> = { notifications: 'waiting/notifications' };

/** Other code that reads a page's words from its document. */
const ELSEWHERE: Record<string, URL[]> = { waiting: [new URL('../../gateway/src/no-js-page/', source)] };

function codeIn(folder: URL): string {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /(?<!\.test)\.(?:tsx?|html)$/.test(name),
  );
  return files.map((name) => readFileSync(new URL(name, folder), 'utf8')).join('\n');
}

/** Also finds keys with a variable part: `trouble.${…}` uses all keys that start with `trouble.`. */
function usedIn(code: string, key: string): boolean {
  if (code.includes(`'${key}'`) || code.includes(`:${key}%`)) return true;
  const families = [...code.matchAll(/`([\w.]*)\$\{[^}]*\}([\w.]*)`/g)];
  return families.some(
    ([, start = '', end = '']) =>
      start + end !== '' && key.startsWith(start) && key.endsWith(end) && /\./.test(start + end),
  );
}

test.each(NAMES)('every message of %s is said somewhere', (name) => {
  const code = codeOf(name);
  const unused = Object.keys(catalogues[name]).filter((key) => !usedIn(code, key));
  expect(unused).toEqual([]);
});

test.each(NAMES)('every language of %s says all of it', async (name) => {
  const files = readdirSync(new URL(`./${name}/`, import.meta.url));
  const languages = files.map((file) => file.replace('.ts', ''));
  expect(languages.sort()).toEqual([...LOCALES].sort());
  for (const language of languages) {
    const { default: catalogue } = await import(`./${name}/${language}.ts`);
    expect(catalogueErrors(catalogues[name], catalogue, language)).toEqual([]);
  }
});
