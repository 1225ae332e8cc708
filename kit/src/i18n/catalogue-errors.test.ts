import { expect, test } from 'vitest';
import { catalogueErrors } from './catalogue-errors.ts';

const source = {
  hello: 'Hello {name}',
  ahead: { one: '{count} person', other: '{count} people' },
  bye: 'Bye',
};

test('a complete translation has no errors', () => {
  const polish = {
    hello: 'Cześć {name}',
    ahead: { one: '{count} osoba', few: '{count} osoby', many: '{count} osób', other: '{count} osoby' },
    bye: 'Pa',
  };
  expect(catalogueErrors(source, polish, 'pl')).toEqual([]);
});

test('every kind of error is named', () => {
  const broken = { hello: 'Cześć {nam}', ahead: { one: '{count} osoba', other: '{count} osoby' }, more: ' ' };
  expect(catalogueErrors(source, broken, 'pl')).toEqual([
    'pl: "bye" is missing',
    'pl: "more" is not in the source',
    'pl: "hello" leaves out {name}',
    'pl: "hello" has an unknown {nam}',
    'pl: "ahead" has no plural "few"',
    'pl: "ahead" has no plural "many"',
  ]);
  expect(catalogueErrors({ bye: 'Bye' }, { bye: '' }, 'de')).toEqual(['de: "bye" says nothing (other)']);
  expect(catalogueErrors({ bye: 'Bye!' }, { bye: 'Salut !' }, 'fr')).toEqual([
    'fr: "bye" needs U+00A0 before punctuation',
  ]);
});
