import { parseArgs } from 'node:util';
import { OptionsError } from '../options-error.ts';
import { wholeNumber } from '../whole-number.ts';
import { BUYING_FAULTS, type BuyingFault } from './harm.ts';
import { KIND_NAMES, kindOf } from './kinds.ts';
import { type Plan, planOf, plansOf } from './schedule.ts';

export type FaultOptions =
  | { scenario: 'whole-system'; plans: Plan[]; json: boolean }
  | { scenario: 'waiting-room'; runs: number; seed: number; gateways: number }
  | { scenario: 'buying'; runs: number; seed: number; kinds: readonly BuyingFault[] }
  | { scenario: 'slow-payments'; rounds: number; seed: number }
  | { scenario: 'rate'; seed: number; sizes: number[]; seconds: number };

export const USAGE = `Usage: npm run faults -- [options]
  --scenario whole-system   the whole shop under a crowd, a fault in each run, on a schedule (default)
  --scenario waiting-room   several gateways: one dies, Redis restarts or loses everything
  --scenario buying         500 buyers, a fault of each kind at a random moment, again and again
  --scenario slow-payments  what orders feel of payments that are slow or down (--runs 5: rounds)
  --scenario rate           how exact the rate is with 1 to 8 gateways ticking
  --runs 50 --seed 1        how often (buying: 20 of each kind), and from which seed
  --seed 1.17               whole-system: the 17th run of schedule 1 again
  --only half-open          whole-system: only this kind, those runs of the schedule; may be given again and again
  --at "workers to Redis"   whole-system: only at this place
  --json                    whole-system: everything as JSON in the last line
  --gateways 3              how many gateways (rate: a list, such as 1,3,8)
  --kind "kill worker"      buying: only this kind; may be given again and again
  --seconds 180             rate: how long

Kinds of whole-system: ${KIND_NAMES.join(', ')}
Kinds of buying: ${BUYING_FAULTS.join(', ')}`;

/** @throws OptionsError */
export function readFaultOptions(args: string[]): FaultOptions {
  const values = parse(args);
  const { scenario } = values;
  const runs = wholeNumber('runs', values.runs ?? (scenario === 'buying' ? '20' : '50'), 1, 10_000);
  if (scenario === 'whole-system') return { scenario, plans: readPlans(values, runs), json: values.json };
  const seed = wholeNumber('seed', values.seed, 1, 1_000_000);
  switch (scenario) {
    case 'waiting-room':
      return { scenario, runs, seed, gateways: wholeNumber('gateways', values.gateways ?? '3', 1, 16) };
    case 'buying':
      return { scenario, runs, seed, kinds: oneOfEach('kind', values.kind, BUYING_FAULTS) ?? BUYING_FAULTS };
    case 'slow-payments':
      return { scenario, seed, rounds: wholeNumber('runs', values.runs ?? '5', 1, 100) };
    case 'rate': {
      const sizes = (values.gateways ?? '1,8').split(',').map((size) => wholeNumber('gateways', size, 1, 16));
      return { scenario, seed, sizes, seconds: wholeNumber('seconds', values.seconds, 75, 3_600) };
    }
    default:
      throw new OptionsError(`There is no scenario "${scenario}".`);
  }
}

type Values = ReturnType<typeof parse>;

function readPlans({ seed, only, at }: Values, runs: number): Plan[] {
  const [, schedule = seed, run] = /^(\d+)\.(\d+)$/.exec(seed) ?? [];
  const number = wholeNumber('seed', schedule, 1, 1_000_000);
  if (run !== undefined) return [planOf(number, wholeNumber('seed', run, 1, 10_000))];
  const kinds = oneOfEach('only', only, KIND_NAMES);
  const places = new Set((kinds ?? KIND_NAMES).flatMap((kind) => kindOf(kind).places));
  if (at !== undefined && !places.has(at))
    throw new OptionsError(`There is no place "${at}". There is: ${[...places].join(', ')}.`);
  return plansOf(number, runs, { ...(kinds ? { only: kinds } : {}), ...(at ? { at } : {}) });
}

function oneOfEach<Name extends string>(
  option: string,
  given: string[] | undefined,
  known: readonly Name[],
): Name[] | undefined {
  return given?.map((name) => {
    const found = known.find((one) => one === name);
    if (!found) throw new OptionsError(`--${option}: there is no "${name}". There is: ${known.join(', ')}.`);
    return found;
  });
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        scenario: { type: 'string', default: 'whole-system' },
        runs: { type: 'string' },
        seed: { type: 'string', default: '1' },
        only: { type: 'string', multiple: true },
        at: { type: 'string' },
        json: { type: 'boolean', default: false },
        kind: { type: 'string', multiple: true },
        gateways: { type: 'string' },
        seconds: { type: 'string', default: '180' },
      },
    }).values;
  } catch (error) {
    throw new OptionsError((error as Error).message);
  }
}
