import { helpOf } from '@shopfast/bootstrap/command-line';
import { load } from '@shopfast/bootstrap/commands/load';
import { expect, test } from 'vitest';
import { readOptions } from './options.ts';
import { SCENARIOS } from './scenarios.ts';

const read = (...args: string[]) => readOptions(args);
const place = (...args: string[]) => readOptions(args)?.place;

test('without options the journey uses its own shop', () => {
  const options = read();
  expect(options).toMatchObject({
    scenario: { name: 'journey' },
    shoppers: 6_000,
    seconds: 60,
    place: { kind: 'own shop', sale: { units: 600, rate: 1_800 } },
    output: 'reports',
  });
  expect(options).not.toHaveProperty('deadlineSeconds');
});

test('every option is used', () => {
  const options = read(
    ...['--scenario', 'rush', '--shoppers', '20', '--seconds', '7', '--target', 'http://127.0.0.1:8080/'],
    ...['--room', 'summer', '--product', 'boot_2', '--output', '/tmp/elsewhere', '--deadline', '90'],
  );
  expect(options).toMatchObject({
    ...{
      scenario: { name: 'rush' },
      shoppers: 20,
      seconds: 7,
      output: '/tmp/elsewhere',
      deadlineSeconds: 90,
    },
    place: { kind: 'there', target: 'http://127.0.0.1:8080', room: 'summer', product: 'boot_2' },
  });
});

const TARGET = ['--target', 'http://localhost:3000'];

test('on a running shop the load goes to the sale of "npm start", unless another is named', () => {
  expect(place(...TARGET)).toMatchObject({ kind: 'there', room: 'launch', product: 'sneaker' });
});

test('with an admin key, as option or in the environment, a new sale is created there', () => {
  const sale = { units: 7, rate: 90 };
  const wanted = [...TARGET, '--units', '7', '--rate', '90'];
  const made = { kind: 'own sale', target: 'http://localhost:3000', adminKey: 'adm_1', sale };
  expect(place(...wanted, '--admin-key', 'adm_1')).toMatchObject(made);
  expect(readOptions(wanted, { adminKey: 'adm_1' })?.place).toMatchObject(made);
  expect(readOptions([...TARGET, '--room', 'launch'], { adminKey: 'adm_1' })?.place.kind).toBe('there');
});

test.each([
  [[...TARGET, '--admin-key', 'secret'], /must be a key that starts with adm_/],
  [[...TARGET, '--units', '5'], /--units and --rate.*add --admin-key/],
  [['--room', 'launch'], /belong to a running shop: add --target/],
  [['--admin-key', 'adm_1'], /belong to a running shop: add --target/],
])('options that belong to another kind of run are refused: %j', (args, message) => {
  expect(() => read(...args)).toThrow(message);
});

test('an unknown scenario is refused with the list of scenarios', () => {
  expect(() => read('--scenario', 'jurney')).toThrow(
    'no scenario "jurney". There is: journey, rush, ramp, soak, lobby, bots, browse.',
  );
});

test('the help has a line for every scenario', () => {
  for (const { name, what } of SCENARIOS) expect(helpOf(load)).toContain(`${name.padEnd(10)} ${what}\n`);
});

test.each(['0', '-5', '1.5', '1e3', 'many', '', '1000001'])('"%s" is no number of shoppers', (text) => {
  expect(() => read(`--shoppers=${text}`)).toThrow(/--shoppers must be a whole number from 1 to 1000000/);
});

test.each(['seconds', 'deadline', 'units', 'rate'])('%s are validated like shoppers', (name) => {
  expect(() => read(`--${name}`, '0')).toThrow(`--${name} must be a whole number`);
  expect(() => read(`--${name}`, 'soon')).toThrow(`--${name} must be a whole number`);
});

test('a room or product that is no id is refused, so that no path of the target is made up', () => {
  expect(() => read(...TARGET, '--room', '../admin')).toThrow(/--room must be the id of a room/);
  expect(() => read(...TARGET, '--product', '{{ target }}')).toThrow(/--product must be the id of a product/);
});

test('another machine can only be loaded by its owner', () => {
  expect(() => read('--target', 'https://shop.example')).toThrow(/--i-own-this-host/);
  expect(place('--target', 'https://shop.example', '--i-own-this-host')).toMatchObject({
    target: 'https://shop.example',
  });
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
])('%i shoppers arrive within %i seconds: no faster than one worker can send', (shoppers, seconds) => {
  expect(read('--shoppers', String(shoppers))?.seconds).toBe(seconds);
});

test('options of our own crowd are refused', () => {
  expect(() => read('--json')).toThrow(/crowd and baseline/);
});
