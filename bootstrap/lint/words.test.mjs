import { expect, test } from 'vitest';
import { wordsToChange } from './words.mjs';

/** @param {Record<string, string>} files */
const wordsIn = (files) => wordsToChange(Object.keys(files), (path) => files[path] ?? '');

test('a phrase is named with its line, and with what to say instead', () => {
  expect(wordsIn({ 'docs/one.md': 'Right.\nA buyer hears 503, and Redis is away.\n' })).toEqual([
    'docs/one.md:2: “hears 503”: say gets, receives',
    'docs/one.md:2: “is away”: say is unavailable',
  ]);
});

test('a name that the code no longer has is named in code, and not in documents', () => {
  const text = '// see tellWebhooks\n';
  expect(wordsIn({ 'db/src/one.ts': text, 'docs/one.md': text })).toEqual([
    'db/src/one.ts:1: “tellWebhooks”: say RescheduleJob, requeue, enqueueWebhookEvents',
  ]);
});

test('longer words and other meanings are allowed', () => {
  expect(
    wordsIn({
      'kit/src/one.ts':
        '// harmless; forbearing bearer; goes on sale; amendment; bear in mind; outstanding\n',
    }),
  ).toEqual([]);
});

test('catalogues of other languages and old migrations are skipped, English catalogues are not', () => {
  const text = "late: 'Whatever',\n";
  expect(
    wordsIn({
      'kit/src/i18n/catalogues/shop/de.json': text,
      'db/migrations/0001_first.sql': text,
      'kit/src/i18n/catalogues/shop/en.json': text,
    }),
  ).toEqual(['kit/src/i18n/catalogues/shop/en.json:1: “Whatever”: say any client, any number of']);
});

test('an exception allows one word in one place', () => {
  expect(
    wordsIn({ 'sandbox/src/stripe/one.ts': 'wallet: null, surroundings\n', 'kit/src/one.ts': 'wallet\n' }),
  ).toEqual(['kit/src/one.ts:1: “wallet”: say AppContext, reservationStore']);
});

test('the repository has none of them', () => {
  expect(wordsToChange()).toEqual([]);
});
