import { expect, test } from 'vitest';
import { errorRegistry } from '../../errors.ts';
import { catalogueFaults } from '../faults.ts';
import { LOCALES } from '../locale.ts';

const english = Object.fromEntries(Object.entries(errorRegistry).map(([code, { title }]) => [code, title]));

test.each(LOCALES.filter((locale) => locale !== 'en'))(
  'every error has its sentence in %s',
  async (locale) => {
    const { default: titles } = await import(`./${locale}.ts`);
    expect(catalogueFaults(english, titles, locale)).toEqual([]);
  },
);
