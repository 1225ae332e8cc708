import { readFileSync } from 'node:fs';
import { partsOfTexts } from '@shopfast/kit/i18n/catalogues';
import { compileMessage } from '@shopfast/kit/i18n/compile';
import { LOCALES } from '@shopfast/kit/i18n/locale';
import { expect, test } from 'vitest';

const page = readFileSync(new URL('./translating.md', import.meta.url), 'utf8');

test('the page for translators names every part and the number of languages', () => {
  const named = [...page.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, part]) => part);
  expect(named.sort()).toEqual(partsOfTexts());
  expect(page).toContain(`speaks ${LOCALES.length} languages`);
});

test('its examples are messages that the compiler reads', () => {
  const [, example = ''] = /```json\n(.*?)```/s.exec(page) ?? [];
  const messages: Record<string, string> = JSON.parse(example);
  expect(Object.keys(messages)).toHaveLength(3);
  for (const message of Object.values(messages)) expect(compileMessage(message).message).not.toBe('');
});

test('each list of steps has at most ten lines', () => {
  for (const heading of ['Add a language', 'Add a key']) {
    const [, section = ''] = new RegExp(`## ${heading}\n(.*?)\n## `, 's').exec(page) ?? [];
    const lines = section.split('\n').filter((line) => line !== '');
    expect(lines.length, heading).toBeGreaterThan(2);
    expect(lines.length, heading).toBeLessThanOrEqual(10);
  }
});
