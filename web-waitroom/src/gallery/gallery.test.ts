import { createTimes } from '@shopfast/kit/i18n/amounts';
import { loadCatalogue } from '@shopfast/kit/i18n/catalogues';
import { createTranslate } from '@shopfast/kit/i18n/translate';
import { expect, test } from 'vitest';
import { type Actions, pageOf } from '../waiting/pages.ts';
import { VIEWS } from './views.ts';

const en = loadCatalogue('waiting', 'en');

const words = { t: createTranslate(en, 'en-GB'), amounts: createTimes('en-GB') };
const actions = {} as Actions;

test.each(Object.entries(VIEWS))('%s has states, each of that kind, no two alike', (kind, states) => {
  const shown = Object.values(states).map((view) => {
    expect(view.kind).toBe(kind);
    return JSON.stringify(pageOf(view, words, actions));
  });
  expect(shown.length).toBeGreaterThan(0);
  expect(new Set(shown).size).toBe(shown.length);
});
