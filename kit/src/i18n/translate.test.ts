import { expect, test } from 'vitest';
import { createTranslate } from './translate.ts';

type Sample = { hello: { name: string }; ahead: { count: number } };
const catalogue = { hello: 'Hello {name}', ahead: { one: '{count} person', other: '{count} people' } };

test('a plural follows the language, a number the locale', () => {
  const t = createTranslate<Sample>(catalogue, 'en-GB');
  expect(t('ahead', { count: 1 })).toBe('1 person');
  expect(t('ahead', { count: 12_345 })).toBe('12,345 people');
  expect(createTranslate<Sample>(catalogue, 'de-DE')('ahead', { count: 12_345 })).toBe('12.345 people');
});

test('a plural category that a catalogue omits falls back to "other"', () => {
  const t = createTranslate<Sample>({ ...catalogue, ahead: { other: '{count} osób' } }, 'pl');
  expect(t('ahead', { count: 3 })).toBe('3 osób');
});

test('a missing value shows its placeholder instead of "undefined"', () => {
  expect(createTranslate<{ hello: unknown }>({ hello: 'Hello {name}' }, 'en')('hello')).toBe('Hello {name}');
});

test('a name in a right-to-left sentence does not reorder the words around it', () => {
  expect(
    createTranslate<Sample>({ ...catalogue, hello: 'שלום {name}!' }, 'he')('hello', { name: 'Lamp (2)' }),
  ).toBe('שלום \u2068Lamp (2)\u2069!');
});
