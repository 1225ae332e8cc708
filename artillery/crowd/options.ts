import { readCommandLine } from '@shopfast/bootstrap/command-line';
import { load } from '@shopfast/bootstrap/commands/load';
import { OptionsError } from '../options-error.ts';
import { wholeNumber } from '../whole-number.ts';

export type RushOptions = { shoppers: number; units: number; rate: number; seconds: number };
export type BaselineOptions = { shoppers: number; units: number; seconds: number };
export type LabOptions =
  | { scenario: 'crowd'; output: string; json: boolean; rush: RushOptions }
  | { scenario: 'baseline'; output: string; json: boolean; baseline: BaselineOptions }
  | { scenario: 'compare'; output: string; json: boolean; files: [string, string] };

/** @throws OptionsError */
export function readLabOptions(args: string[]): LabOptions {
  const { values, operands } = readCommandLine(load, args);
  const { output, json } = values;
  if (values.compare !== undefined) {
    const [other] = operands;
    if (!other) throw new OptionsError('--compare needs two files.');
    return { scenario: 'compare', output, json, files: [values.compare, other] };
  }
  const foreign = ['target', 'admin-key', 'room', 'product', 'deadline'] as const;
  for (const name of foreign)
    if (values[name] !== undefined)
      throw new OptionsError(`--${name} belongs to the scenarios that artillery sends.`);
  const shoppers = wholeNumber('shoppers', String(values.shoppers ?? 10_000), 10, 200_000);
  const sale = {
    shoppers,
    units: wholeNumber('units', String(values.units ?? 50), 1, 100_000),
    seconds:
      values.seconds === undefined
        ? Math.max(2, Math.ceil(shoppers / ARRIVALS_PER_SECOND))
        : wholeNumber('seconds', String(values.seconds), 1, 600),
  };
  switch (values.scenario ?? 'crowd') {
    case 'crowd':
      return {
        ...{ scenario: 'crowd', output, json },
        rush: { ...sale, rate: wholeNumber('rate', String(values.rate ?? 600), 1, 60_000) },
      };
    case 'baseline':
      // Every shopper has a separate connection; two processes of the crowd share them.
      wholeNumber('shoppers', String(shoppers), 10, 20_000);
      return { scenario: 'baseline', output, json, baseline: sale };
    default:
      throw new OptionsError(`There is no scenario "${values.scenario}" here.`);
  }
}

/** The most that a crowd and the whole system handle together on two cores; 100,000 in 80 s. */
const ARRIVALS_PER_SECOND = 1_250;
