import { readCommandLine } from '@shopfast/bootstrap/command-line';
import { faults } from '@shopfast/bootstrap/commands/faults';
import { OptionsError } from '../options-error.ts';
import { wholeNumber } from '../whole-number.ts';
import { BUYING_FAULTS, type BuyingFault } from './buying-faults.ts';
import { KIND_NAMES, kindOf } from './kinds.ts';
import { type Plan, planOf, plansOf } from './schedule.ts';

export type FaultOptions =
  | { scenario: 'whole-system'; plans: Plan[]; json: boolean }
  | { scenario: 'waiting-room'; runs: number; seed: number; gateways: number }
  | { scenario: 'buying'; runs: number; seed: number; kinds: readonly BuyingFault[] }
  | { scenario: 'slow-payments'; rounds: number; seed: number }
  | { scenario: 'rate'; seed: number; sizes: number[]; seconds: number };

/** @throws OptionsError */
export function readFaultOptions(args: string[]): FaultOptions {
  const { values } = readCommandLine(faults, args);
  const { scenario } = values;
  const runs = values.runs ?? (scenario === 'buying' ? 20 : 50);
  if (scenario === 'whole-system') return { scenario, plans: readPlans(values, runs), json: values.json };
  const seed = wholeNumber('seed', values.seed, 1, 1_000_000);
  switch (scenario) {
    case 'waiting-room':
      return { scenario, runs, seed, gateways: wholeNumber('gateways', values.gateways ?? '3', 1, 16) };
    case 'buying':
      return { scenario, runs, seed, kinds: oneOfEach('kind', values.kind, BUYING_FAULTS) ?? BUYING_FAULTS };
    case 'slow-payments':
      return { scenario, seed, rounds: wholeNumber('runs', String(values.runs ?? 5), 1, 100) };
    case 'rate': {
      const sizes = (values.gateways ?? '1,8').split(',').map((size) => wholeNumber('gateways', size, 1, 16));
      return { scenario, seed, sizes, seconds: values.seconds };
    }
  }
}

type Values = ReturnType<typeof readCommandLine<typeof faults.options>>['values'];

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
