import { parseArgs } from 'node:util';
import { OptionsError } from './options-error.ts';
import { readTarget } from './target.ts';
import { wholeNumber } from './whole-number.ts';

export type LoadOptions = {
  scenario: string;
  shoppers: number;
  /** Origin, without a slash at its end. */
  target: string;
  room: string;
  product: string;
  /** In how many seconds the shoppers arrive. */
  seconds: number;
  /** Folder of the reports. */
  output: string;
  /** After how many seconds the run ends, done or not; left out, it follows from the room. */
  deadlineSeconds?: number;
};

export const USAGE = `Usage: npm run load -- [options]
  --scenario journey               which of artillery/scenarios to run
  --shoppers 500                   how many people come
  --seconds 10                     in how many seconds they come (default: 50 a second, everybody within a minute)
  --target http://localhost:3000   the gateway to load
  --room launch                    the waiting room to join
  --product sneaker                what to buy
  --output reports                 folder of the report
  --deadline 300                   end after so many seconds, done or not (default: from the room's own pace)
  --i-own-this-host                needed for a target on another machine: put load on your own machines only`;

/**
 * @param scenarios the names that `--scenario` may have
 * @returns null when only the usage was asked for
 * @throws OptionsError
 */
export function readOptions(args: string[], scenarios: string[]): LoadOptions | null {
  const values = parse(args);
  if (values.help) return null;
  const shoppers = wholeNumber('shoppers', values.shoppers, 1, 1_000_000);
  return {
    scenario: oneOf(scenarios, values.scenario),
    shoppers,
    seconds:
      values.seconds === undefined
        ? usualSeconds(shoppers)
        : wholeNumber('seconds', values.seconds, 1, 86_400),
    target: readTarget(values.target, { ownsHost: values['i-own-this-host'] }),
    room: identifier('room', values.room),
    product: identifier('product', values.product),
    output: values.output,
    ...(values.deadline === undefined
      ? {}
      : { deadlineSeconds: wholeNumber('deadline', values.deadline, 1, 86_400) }),
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        scenario: { type: 'string', default: 'journey' },
        shoppers: { type: 'string', default: '500' },
        seconds: { type: 'string' },
        target: { type: 'string', default: 'http://localhost:3000' },
        room: { type: 'string', default: 'launch' },
        product: { type: 'string', default: 'sneaker' },
        output: { type: 'string', default: 'reports' },
        deadline: { type: 'string' },
        'i-own-this-host': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    throw new OptionsError((error as Error).message);
  }
}

function oneOf(scenarios: string[], name: string): string {
  if (scenarios.includes(name)) return name;
  throw new OptionsError(`There is no scenario "${name}". There is: ${scenarios.join(', ')}.`);
}

function identifier(name: string, text: string): string {
  if (/^[\w-]{1,64}$/.test(text)) return text;
  throw new OptionsError(`--${name} must be the id of a ${name} (letters, digits, - and _), not "${text}".`);
}

/** Fifty a second; a big crowd comes within the minute, but never faster than one worker can send. */
function usualSeconds(shoppers: number): number {
  const withinAMinute = Math.min(60, Math.ceil(shoppers / 50));
  return Math.max(withinAMinute, Math.ceil(shoppers / MOST_ARRIVALS_PER_SECOND));
}

/** What one worker sends beside a target on the same two cores; measured, see README.md. */
const MOST_ARRIVALS_PER_SECOND = 100;
