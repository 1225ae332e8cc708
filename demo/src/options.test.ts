import { expect, test } from 'vitest';
import { OptionsError, readOptions } from './options.ts';

test('nothing said means the sale of the README', () => {
  expect(readOptions([])).toEqual({
    shoppers: 2_000,
    units: 50,
    rate: 1_200,
    json: false,
    keep: false,
    pooler: false,
  });
});

test.each([
  [['--units', '0'], /--units must be at least 1: a sale needs something to sell/],
  [['--rate', '0'], /--rate must be at least 1: .*pause a room/],
  [['--shoppers', '-3'], /--shoppers/],
  [['--shoppers', 'many'], /--shoppers must be a number/],
  [['--units', '2.5'], /--units must be a whole number/],
  [['--speed', '9'], /--speed/],
  [['surprise'], /surprise/],
])('%j is refused with a clear answer', (args, message) => {
  expect(() => readOptions(args)).toThrow(OptionsError);
  expect(() => readOptions(args)).toThrow(message);
});

test('every fault is named at once', () => {
  expect(() => readOptions(['--units', '0', '--rate', 'x'])).toThrow(/--units[\s\S]*--rate/);
});
