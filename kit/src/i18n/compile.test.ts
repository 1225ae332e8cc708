import { expect, test } from 'vitest';
import { compileMessage } from './compile.ts';

test('text and arguments', () => {
  expect(compileMessage('Hello {name}, you are {place, number}')).toEqual({
    message: 'Hello {name}, you are {place}',
    args: new Map([
      ['name', 'text'],
      ['place', 'number'],
    ]),
  });
});

test('a plural becomes one whole sentence for each form, in the same order for every language', () => {
  const { message, args } = compileMessage('{name}: {count, plural, other {# people} one {# person}} ahead');
  expect(JSON.stringify(message)).toBe(
    '{"one":"{name}: {count} person ahead","other":"{name}: {count} people ahead"}',
  );
  expect([...args].sort()).toEqual([
    ['count', 'number'],
    ['name', 'text'],
  ]);
});

test('an apostrophe is text; a doubled one is one', () => {
  expect(compileMessage("l’eau, l'eau, l''eau").message).toBe("l’eau, l'eau, l'eau");
  expect(compileMessage('less < more').message).toBe('less < more');
});

test.each([
  ['Hello {name', /is not ICU MessageFormat/],
  ['{count, plural, one {# person}}', /is not ICU MessageFormat/],
  ["a '{brace}'", /brace/],
  ['{n, plural, other {#}}', /call it "count"/],
  ['{count, plural, =0 {nobody} other {#}}', /the form "=0"/],
  ['{count, plural, offset:1 other {#}}', /offset/],
  ['{count, selectordinal, other {#th}}', /selectordinal/],
  ['{count, plural, other {#}} {count, plural, other {#}}', /two plurals/],
  ['{count, plural, other {{count, plural, other {#}}}}', /inside another/],
  ['{sex, select, other {they}}', /select/],
  ['{day, date}', /date/],
  ['{share, number, percent}', /style/],
])('%s is refused, with what to change', (icu, message) => {
  expect(() => compileMessage(icu)).toThrow(message);
});
