import fc from 'fast-check';
import { expect, test } from 'vitest';
import { acceptedLanguages } from './accept-language.ts';
import { chooseLocale, directionOf, LOCALES } from './locale.ts';

test('the reader’s first supported language is chosen, with the region for its numbers', () => {
  expect(chooseLocale(['fr-FR', 'de-AT', 'en'], ['en', 'de'])).toEqual({ language: 'de', locale: 'de-AT' });
  expect(chooseLocale(['fr'], ['en', 'de'])).toEqual({ language: 'en', locale: 'en' });
  expect(chooseLocale([], ['en'])).toEqual({ language: 'en', locale: 'en' });
  expect(chooseLocale(['en-'], ['en'])).toEqual({ language: 'en', locale: 'en' });
});

test.each([
  ['pt-PT', 'pt-BR', 'pt-PT'],
  ['zh-CN', 'zh-Hans', 'zh-CN'],
  ['zh-Hans-SG', 'zh-Hans', 'zh-Hans-SG'],
  ['zh-TW', 'zh-Hans', 'zh-Hans'],
  ['iw-IL', 'he', 'he-IL'],
  ['AR-eg', 'ar', 'ar-EG'],
  ['en_US', 'en', 'en'],
])('a reader of %s gets the catalogue %s, and numbers as in %s', (tag, language, locale) => {
  expect(chooseLocale([tag], LOCALES)).toEqual({ language, locale });
});

test('the catalogue of the reader’s region wins over another region', () => {
  expect(chooseLocale(['pt-PT'], ['pt-BR', 'pt-PT'])).toMatchObject({ language: 'pt-PT' });
});

test('there are at least sixteen languages, each known to Intl, two of them right-to-left', () => {
  expect(new Set(LOCALES).size).toBeGreaterThanOrEqual(16);
  expect(Intl.PluralRules.supportedLocalesOf(LOCALES)).toEqual([...LOCALES]);
  expect(LOCALES.filter((locale) => directionOf(locale) === 'rtl')).toEqual(['ar', 'he']);
  expect(directionOf('ar-EG')).toBe('rtl');
  expect(directionOf('arn')).toBe('ltr');
});

test('Accept-Language is read by its weights, and any content gives a locale', () => {
  expect(acceptedLanguages('fr;q=0.5, de-CH, *;q=0.1, en;q=0.8, it;q=0')).toEqual(['de-CH', 'en', 'fr']);
  expect(acceptedLanguages(undefined)).toEqual([]);
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (header) => {
      const { language, locale } = chooseLocale(acceptedLanguages(header), LOCALES);
      expect(LOCALES).toContain(language);
      expect(() => new Intl.NumberFormat(locale)).not.toThrow();
    }),
  );
});
