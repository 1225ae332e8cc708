import { expect, test } from 'vitest';
import { OptionsError } from '../options-error.ts';
import { readLabOptions } from './options.ts';

test('by default 100,000 arrive within 80 s', () => {
  expect(readLabOptions(['--shoppers', '100000', '--units', '50'])).toMatchObject({
    scenario: 'crowd',
    rush: { shoppers: 100_000, units: 50, rate: 600, seconds: 80 },
  });
});

test('two files are needed for a comparison', () => {
  expect(readLabOptions(['--compare', 'a.json', 'b.json'])).toMatchObject({ files: ['a.json', 'b.json'] });
  expect(() => readLabOptions(['--compare', 'a.json'])).toThrow(OptionsError);
});

test.each([
  ['--shoppers', '0'],
  ['--units', 'many'],
  ['--rate', '-5'],
  ['--scenario', 'flood'],
  ['--speed', '9'],
])('invalid options are refused: %s %s', (option, value) => {
  expect(() => readLabOptions([option, value])).toThrow(OptionsError);
});

test('the comparison of two shops needs a connection for each shopper', () => {
  const read = (...args: string[]) => readLabOptions(['--scenario', 'baseline', ...args]);
  expect(read('--shoppers', '2000')).toMatchObject({ baseline: { shoppers: 2_000, units: 50, seconds: 2 } });
  expect(() => read('--shoppers', '20001')).toThrow(/from 10 to 20000/);
});
