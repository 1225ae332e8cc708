import { describe, expect, test } from 'vitest';
import { OptionsError } from '../options-error.ts';
import { type Family, family, refuse } from './case.ts';
import { readAbuseOptions, selectCases } from './options.ts';

const read = (...args: string[]) => readAbuseOptions(args, {});

describe('options of `npm run abuse`', () => {
  test('without any, a system is started, and every case is sent', () => {
    expect(read()).toMatchObject({ does: 'run', families: [], cases: [], reduced: false });
    expect(read()).not.toHaveProperty('target');
  });

  test.each(['http://localhost:3000', 'http://127.0.0.1:3000', 'http://127.9.9.9', 'http://[::1]:3000'])(
    'this machine may be a target: %s',
    (target) => {
      expect(read('--target', target).target?.href).toBe(`${target}/`);
    },
  );

  test.each([
    ['--target', 'http://192.168.1.5:3000'],
    ['--target', 'https://shop.example'],
    ['--target', 'http://localhost.evil.example'],
    ['--target', 'http://127.0.0.1.evil.example'],
    ['--target', 'http://2130706433.example'],
    ['--inbox', 'http://10.0.0.1:3080'],
  ])('another machine is refused without the confirmation that it is yours: %s %s', (...args) => {
    expect(() => read(...args)).toThrow(OptionsError);
    expect(() => read(...args)).toThrow('--i-own-this-target');
    expect(() => read(...args, '--i-own-this-target')).not.toThrow();
  });

  test.each([
    ['--target', 'localhost:3000'],
    ['--target', 'http://localhost:3000/path'],
    ['--family', 'nonsense'],
    ['--gate', 'shop'],
    ['--at-once', '0'],
    ['--at-once', '1000'],
    ['--minutes', '100000'],
    ['--nonsense'],
  ])('invalid options are refused: %s %s', (...args) => {
    expect(() => read(...args)).toThrow(OptionsError);
  });

  test('secrets may come from the environment, where no list of processes shows them', () => {
    const env = { adminKey: 'adm_env', webhookSecret: 'whsec_env' };
    expect(readAbuseOptions([], env)).toMatchObject(env);
    expect(readAbuseOptions(['--admin-key', 'adm_given'], env).adminKey).toBe('adm_given');
  });
});

describe('choosing cases', () => {
  const row = (id: string, reduced = false) => ({
    ...{ id, title: id, source: 'S1', reduced, refusal: refuse(401) },
    attack: () => Promise.reject(new Error('not sent')),
  });
  const families: Family[] = [
    family('tokens', '', [row('order-a'), row('order-b', true), row('gate-a')]),
    family('pages', '', [row('a')]),
  ];
  const chosen = (...args: string[]) => selectCases(families, read(...args)).map(({ id }) => id);

  test('by family, by the beginning of an id, and the reduced part', () => {
    expect(chosen()).toHaveLength(4);
    expect(chosen('--family', 'pages')).toEqual(['pages/a']);
    expect(chosen('--case', 'tokens/order-')).toEqual(['tokens/order-a', 'tokens/order-b']);
    expect(chosen('--reduced')).toEqual(['tokens/order-b']);
  });

  test('an unknown case is an error, not an empty run that passes', () => {
    expect(() => chosen('--case', 'tokens/none')).toThrow('There is no case "tokens/none".');
    expect(() => chosen('--family', 'pages', '--reduced')).toThrow(OptionsError);
  });
});
