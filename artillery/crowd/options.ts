import { parseArgs } from 'node:util';
import { OptionsError } from '../options-error.ts';
import { wholeNumber } from '../whole-number.ts';

export type RushOptions = { shoppers: number; units: number; rate: number; seconds: number };
export type LabOptions =
  | { scenario: 'rush'; output: string; json: boolean; rush: RushOptions }
  | { scenario: 'compare'; output: string; json: boolean; files: [string, string] };

export const USAGE = `Usage: npm run load -- [options]
  --scenario rush                  starts everything itself, sends the crowd, judges (default when --shoppers is given)
  --shoppers 100000 --units 50     how many come, how many units there are
  --rate 600                       admissions a minute
  --seconds 80                     within how many seconds they come
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
  const rush = {
    shoppers,
    units: wholeNumber('units', values.units, 1, 100_000),
    rate: wholeNumber('rate', values.rate, 1, 60_000),
    seconds:
      values.seconds === undefined
        ? Math.max(2, Math.ceil(shoppers / ARRIVALS_PER_SECOND))
        : wholeNumber('seconds', values.seconds, 1, 600),
  };
  if (values.scenario !== 'rush') throw new OptionsError(`There is no scenario "${values.scenario}" here.`);
  return { scenario: 'rush', output, json, rush };
}

/** What a crowd and the whole system bear on two cores together; 100,000 in 80 s. */
const ARRIVALS_PER_SECOND = 1_250;

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        scenario: { type: 'string', default: 'rush' },
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
