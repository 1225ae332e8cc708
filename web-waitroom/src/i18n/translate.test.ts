import { expect, test } from 'vitest';
import { chooseLocale } from './locale.ts';
import { createTranslate } from './translate.ts';

const catalogue = {
  hello: 'Hello {name}',
  ahead: { one: '{count} person', other: '{count} people' },
} as const;

test('a plural follows the language, a number the locale', () => {
  const t = createTranslate(catalogue, 'en-GB');
  expect(t('ahead', { count: 1 })).toBe('1 person');
  expect(t('ahead', { count: 12_345 })).toBe('12,345 people');
  expect(createTranslate(catalogue, 'de-DE')('ahead', { count: 12_345 })).toBe('12.345 people');
});

test('a plural category that a catalogue leaves out falls back to "other"', () => {
  const t = createTranslate({ ahead: { other: '{count} osób' } }, 'pl');
  expect(t('ahead', { count: 3 })).toBe('3 osób');
});

test('a value that was forgotten shows its place instead of "undefined"', () => {
  expect(createTranslate(catalogue, 'en')('hello')).toBe('Hello {name}');
});

test('the first of the reader’s languages that exists is chosen, with the region for its numbers', () => {
  expect(chooseLocale(['fr-FR', 'de-AT', 'en'], ['en', 'de'])).toEqual({ language: 'de', locale: 'de-AT' });
  expect(chooseLocale(['fr'], ['en', 'de'])).toEqual({ language: 'en', locale: 'en' });
  expect(chooseLocale([], ['en'])).toEqual({ language: 'en', locale: 'en' });
  expect(chooseLocale(['en-'], ['en'])).toEqual({ language: 'en', locale: 'en' });
});
