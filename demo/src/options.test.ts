import { OptionsError } from '@shopfast/bootstrap/command-line';
import { expect, test } from 'vitest';
import { readOptions } from './options.ts';

test('the defaults are the sale of the README', () => {
  expect(readOptions([])).toEqual({
    shoppers: 2_000,
    units: 50,
    rate: 1_200,
    json: false,
    keep: false,
    cluster: false,
    pooler: false,
  });
});

test.each([
  [
    ['--units', '0'],
    /--units must be a whole number from 1 to 100000, not "0": a sale needs something to sell/,
  ],
  [['--rate', '0'], /--rate must be a whole number from 1 .*: .*pause a room/],
  [['--shoppers', '-3'], /--shoppers/],
  [['--shoppers', 'many'], /--shoppers must be a whole number/],
  [['--units', '2.5'], /--units must be a whole number/],
  [['--speed', '9'], /--speed/],
  [['surprise'], /surprise/],
])('%j is refused with a clear answer', (args, message) => {
  expect(() => readOptions(args)).toThrow(OptionsError);
  expect(() => readOptions(args)).toThrow(message);
});

test('all errors are named together', () => {
  expect(() => readOptions(['--units', '0', '--rate', 'x'])).toThrow(/--units[\s\S]*--rate/);
});
