import { helpOf } from '@shopfast/bootstrap/command-line';
import { faults } from '@shopfast/bootstrap/commands/faults';
import { describe, expect, test } from 'vitest';
import { OptionsError } from '../options-error.ts';
import { BUYING_FAULTS } from './buying-faults.ts';
import { KIND_NAMES } from './kinds.ts';
import { readFaultOptions } from './options.ts';
import { plansOf } from './schedule.ts';

const plansFor = (...args: string[]) => {
  const options = readFaultOptions(args);
  if (options.scenario !== 'whole-system') throw new Error(options.scenario);
  return options.plans.map(({ seed, kind, place }) => ({ seed, kind, place }));
};

describe('options of `npm run faults`', () => {
  test('without any: fifty runs of the first schedule, on the whole system', () => {
    expect(plansFor()).toEqual(plansFor('--runs', '50', '--seed', '1'));
    expect(plansFor()).toHaveLength(50);
    expect(plansFor('--seed', '2')).not.toEqual(plansFor());
  });

  test('a printed seed is that one run', () => {
    expect(plansFor('--seed', '3.17')).toEqual([plansFor('--seed', '3')[16]]);
  });

  test('kinds and a place select runs of the schedule', () => {
    const picked = plansFor('--only', 'cut', '--only', 'reset', '--at', 'workers to Redis', '--runs', '3');
    expect(picked).toHaveLength(3);
    for (const { kind, place } of picked) {
      expect(['cut', 'reset']).toContain(kind);
      expect(place).toBe('workers to Redis');
    }
    const all = plansOf(1, Number(picked.at(-1)?.seed.split('.')[1])).map(({ seed }) => seed);
    for (const { seed } of picked) expect(all).toContain(seed);
  });

  test.each([
    ['--only', 'flood'],
    ['--at', 'the moon'],
    ['--only', 'empty', '--at', 'workers'],
    ['--runs', '0'],
    ['--seed', 'x'],
    ['--seed', '1.0'],
    ['--scenario', 'nothing'],
    ['--scenario', 'buying', '--kind', 'STOP'],
    ['--wrong'],
  ])('%s %s %s %s is refused with the valid values', (...args) => {
    expect(() => readFaultOptions(args.filter((arg) => arg !== undefined))).toThrow(OptionsError);
  });

  test('the help names every kind', () => {
    const help = helpOf(faults).replaceAll(/\s+/g, ' ');
    expect(help).toContain(`Kinds of whole-system: ${KIND_NAMES.join(', ')} `);
    expect(help).toContain(`Kinds of buying: ${BUYING_FAULTS.join(', ')}`);
  });

  test('the older scenarios keep their own', () => {
    expect(readFaultOptions(['--scenario', 'buying', '--kind', 'kill worker', '--runs', '2'])).toEqual({
      scenario: 'buying',
      runs: 2,
      seed: 1,
      kinds: ['kill worker'],
    });
    expect(readFaultOptions(['--scenario', 'rate', '--gateways', '1,8', '--seconds', '90'])).toEqual({
      scenario: 'rate',
      seed: 1,
      sizes: [1, 8],
      seconds: 90,
    });
  });
});
