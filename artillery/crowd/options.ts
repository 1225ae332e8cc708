import { parseArgs } from 'node:util';
import { OptionsError } from '../options-error.ts';
import { wholeNumber } from '../whole-number.ts';

export type RushOptions = { shoppers: number; units: number; rate: number; seconds: number };
export type BaselineOptions = { shoppers: number; units: number; seconds: number };
export type LabOptions =
  | { scenario: 'crowd'; output: string; json: boolean; rush: RushOptions }
  | { scenario: 'baseline'; output: string; json: boolean; baseline: BaselineOptions }
  | { scenario: 'compare'; output: string; json: boolean; files: [string, string] };

export const USAGE = `Usage: npm run load -- [options]
  --scenario crowd                 starts everything itself, sends a rush, judges (default when --shoppers is given)
  --scenario baseline              the same crowd to the shop that ShopFast replaces, and to ShopFast, side by side
  --shoppers 10000 --units 50      how many come, how many units there are
  --rate 600                       admissions a minute
  --seconds 8                      within how many seconds they come (default: 1,250 a second)
  --output reports                 folder of the report: a page, and JSON beside it
  --json                           the report's figures as the last line
  --compare a.json b.json          a page that holds two runs against each other`;

/** @throws OptionsError */
export function readLabOptions(args: string[]): LabOptions {
  const { values, positionals } = parse(args);
  const { output, json } = values;
  if (values.compare !== undefined) {
    const [other] = positionals;
    if (!other) throw new OptionsError('--compare needs two files.');
    return { scenario: 'compare', output, json, files: [values.compare, other] };
  }
  const shoppers = wholeNumber('shoppers', values.shoppers, 10, 200_000);
  const sale = {
    shoppers,
    units: wholeNumber('units', values.units, 1, 100_000),
    seconds:
      values.seconds === undefined
        ? Math.max(2, Math.ceil(shoppers / ARRIVALS_PER_SECOND))
        : wholeNumber('seconds', values.seconds, 1, 600),
  };
  switch (values.scenario) {
    case 'crowd':
      return {
        ...{ scenario: 'crowd', output, json },
        rush: { ...sale, rate: wholeNumber('rate', values.rate, 1, 60_000) },
      };
    case 'baseline':
      // Everybody has a connection of their own, which two processes of the crowd share out among them.
      wholeNumber('shoppers', values.shoppers, 10, 20_000);
      return { scenario: 'baseline', output, json, baseline: sale };
    default:
      throw new OptionsError(`There is no scenario "${values.scenario}" here.`);
  }
}

/** What a crowd and the whole system bear on two cores together; 100,000 in 80 s. */
const ARRIVALS_PER_SECOND = 1_250;

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        scenario: { type: 'string', default: 'crowd' },
        shoppers: { type: 'string', default: '10000' },
        units: { type: 'string', default: '50' },
        rate: { type: 'string', default: '600' },
        seconds: { type: 'string' },
        output: { type: 'string', default: 'reports' },
        json: { type: 'boolean', default: false },
        compare: { type: 'string' },
      },
    });
  } catch (error) {
    throw new OptionsError((error as Error).message);
  }
}
