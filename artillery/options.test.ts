import { expect, test } from 'vitest';
import { readOptions } from './options.ts';

const read = (...args: string[]) => readOptions(args, ['journey', 'rush']);

test('without options, five hundred shoppers load the system of this machine', () => {
  expect(read()).toEqual({
    scenario: 'journey',
    shoppers: 500,
    seconds: 10,
    target: 'http://localhost:3000',
    room: 'launch',
    product: 'sneaker',
    output: 'reports',
  });
});

test('every option is taken over', () => {
  const options = read(
    ...['--scenario', 'rush', '--shoppers', '20', '--seconds', '7', '--target', 'http://127.0.0.1:8080/'],
    ...['--room', 'summer', '--product', 'boot_2', '--output', '/tmp/elsewhere', '--deadline', '90'],
  );
  expect(options).toEqual({
    scenario: 'rush',
    shoppers: 20,
    seconds: 7,
    target: 'http://127.0.0.1:8080',
    room: 'summer',
    product: 'boot_2',
    output: '/tmp/elsewhere',
    deadlineSeconds: 90,
  });
});

test('an unknown scenario is answered with those that exist', () => {
  expect(() => read('--scenario', 'jurney')).toThrow('no scenario "jurney". There is: journey, rush.');
});

test.each(['0', '-5', '1.5', '1e3', 'many', '', '1000001'])('"%s" is no number of shoppers', (text) => {
  expect(() => read(`--shoppers=${text}`)).toThrow(/--shoppers must be a whole number from 1 to 1000000/);
});

test('seconds and deadline are validated like shoppers', () => {
  expect(() => read('--seconds', '0')).toThrow(/--seconds must be a whole number/);
  expect(() => read('--deadline', 'soon')).toThrow(/--deadline must be a whole number/);
});

test('a room or product that is no id is refused, so that no path of the target is made up', () => {
  expect(() => read('--room', '../admin')).toThrow(/--room must be the id of a room/);
  expect(() => read('--product', '{{ target }}')).toThrow(/--product must be the id of a product/);
});

test('an unknown option is refused by its name', () => {
  expect(() => read('--shopers', '5')).toThrow(/--shopers/);
});

test.each([
  [1, 1],
  [500, 10],
  [3_000, 60],
  [6_000, 60],
  [100_000, 1_000],
])(
  '%i shoppers come within %i seconds: a rush, yet no faster than one worker can send',
  (shoppers, seconds) => {
    expect(read('--shoppers', String(shoppers))?.seconds).toBe(seconds);
  },
);

test('--help asks for the usage alone', () => {
  expect(read('--help')).toBeNull();
});
