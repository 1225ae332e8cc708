import { expect, expectTypeOf, test } from 'vitest';
import { languagesOf, loadCatalogue, partsOfTexts, translateOf } from './catalogues.ts';
import { LOCALES } from './locale.ts';

test('every part exists in every language, with the keys of the English one in the same order', () => {
  for (const part of partsOfTexts()) expect(languagesOf(part).sort(), part).toEqual([...LOCALES].sort());
  const keys = Object.keys(loadCatalogue('waiting', 'en'));
  for (const language of LOCALES) expect(Object.keys(loadCatalogue('waiting', language))).toEqual(keys);
});

test('plurals follow the language', () => {
  const ahead = (language: 'en' | 'pl' | 'ja', count: number) =>
    translateOf('waiting', language)('waiting.tab', { count });
  expect([1, 2].map((count) => ahead('en', count))).toEqual(['1 person ahead', '2 people ahead']);
  expect(new Set([1, 2, 5].map((count) => ahead('pl', count).replace(/\d/, ''))).size).toBe(3);
  expect(ahead('ja', 1).replace('1', '2')).toBe(ahead('ja', 2));
});

test('the types know the keys and the arguments of each message', () => {
  const t = translateOf('waiting', 'en');
  // @ts-expect-error: there is no such key
  expect(() => t('waiting.nothing')).toThrow();
  // @ts-expect-error: the count is missing
  expect(t('waiting.tab')).toBe('{count} people ahead');
  // @ts-expect-error: this message takes no arguments
  t('waiting.title', { count: 1 });
  // @ts-expect-error: one of the two keys needs a count
  t(Math.random() < 0.5 ? 'waiting.tab' : 'waiting.title');
  expectTypeOf(loadCatalogue('waiting', 'de')['waiting.title']).toBeString();
});
