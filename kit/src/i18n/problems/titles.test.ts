import { expect, test } from 'vitest';
import { errorRegistry } from '../../errors.ts';
import { catalogueErrors } from '../catalogue-errors.ts';
import { LOCALES } from '../locale.ts';

const english = Object.fromEntries(Object.entries(errorRegistry).map(([code, { title }]) => [code, title]));

test.each(LOCALES.filter((locale) => locale !== 'en'))(
  'every error has its sentence in %s',
  async (locale) => {
    const { default: titles } = await import(`./${locale}.ts`);
    expect(catalogueErrors(english, titles, locale)).toEqual([]);
  },
);
