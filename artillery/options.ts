import { readCommandLine } from '@shopfast/bootstrap/command-line';
import { load as loadCommand } from '@shopfast/bootstrap/commands/load';
import { OptionsError } from './options-error.ts';
import { type SalePlan, SCENARIOS, type Scenario } from './scenarios.ts';
import { readTarget } from './target.ts';

export type LoadOptions = {
  scenario: Scenario;
  shoppers: number;
  /** Seconds in which the shoppers arrive. */
  seconds: number;
  place: Place;
  /** Folder of the reports. */
  output: string;
  /** Seconds after which the run ends, finished or not; if missing, it is computed from the room. */
  deadlineSeconds?: number;
};

/** Where the shoppers go. A target is an origin, without a slash at its end. */
export type Place =
  /** A shop that is started for the run, with its own sale. */
  | { kind: 'own shop'; sale: SalePlan }
  /** A running installation, where an admin key creates a sale for the run. */
  | { kind: 'own sale'; target: string; adminKey: string; sale: SalePlan; metrics?: string }
  /** An existing sale. */
  | { kind: 'there'; target: string; room: string; product: string; metrics?: string };

/**
 * @param environment may contain the admin key, which should not be in a list of processes
 * @throws OptionsError
 */
export function readOptions(
  args: string[],
  environment: { adminKey?: string | undefined } = {},
): LoadOptions {
  const values = parse(args);
  if (values.json || values.compare !== undefined)
    throw new OptionsError('--json and --compare belong to the scenarios crowd and baseline.');
  const scenario = scenarioNamed(values.scenario ?? 'journey');
  const shoppers = values.shoppers ?? scenario.shoppers;
  const seconds = values.seconds ?? scenario.seconds(shoppers);
  const deadlineSeconds = values.deadline;
  const plan = scenario.sale(shoppers, seconds);
  const sale = { ...plan, units: values.units ?? plan.units, rate: values.rate ?? plan.rate };
  const place = readPlace(values, environment.adminKey, sale);
  if (place.kind === 'there' && (values.units ?? values.rate) !== undefined)
    throw new OptionsError(
      '--units and --rate belong to a sale that is created for the run: add --admin-key.',
    );
  return {
    ...{ scenario, shoppers, seconds, place, output: values.output },
    ...(deadlineSeconds === undefined ? {} : { deadlineSeconds }),
  };
}

function readPlace(values: Values, keyAround: string | undefined, sale: SalePlan): Place {
  const { target: text, room, product } = values;
  const named = room !== undefined || product !== undefined;
  if (text === undefined) {
    if (named || values['admin-key'] !== undefined)
      throw new OptionsError('--room, --product and --admin-key belong to a running shop: add --target.');
    return { kind: 'own shop', sale };
  }
  const target = readTarget(text, { ownsHost: values['i-own-this-host'] });
  const metrics = values.metrics === undefined ? {} : { metrics: readMetricsAddress(values.metrics) };
  const adminKey = values['admin-key'] ?? keyAround;
  if (adminKey !== undefined && !named) {
    if (!/^adm_[\w-]+$/.test(adminKey))
      throw new OptionsError('--admin-key must be a key that starts with adm_.');
    return { kind: 'own sale', target, adminKey, sale, ...metrics };
  }
  return {
    ...{ kind: 'there', target, ...metrics },
    room: identifier('room', room ?? 'launch'),
    product: identifier('product', product ?? 'sneaker'),
  };
}

function readMetricsAddress(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new OptionsError(`--metrics must be an address like http://127.0.0.1:9464/metrics, not "${text}".`);
}

type Values = ReturnType<typeof parse>;

const parse = (args: string[]) => readCommandLine(loadCommand, args).values;

function scenarioNamed(name: string): Scenario {
  const found = SCENARIOS.find((one) => one.name === name);
  if (found) return found;
  const names = SCENARIOS.map((one) => one.name).join(', ');
  throw new OptionsError(`There is no scenario "${name}". There is: ${names}.`);
}

function identifier(name: string, text: string): string {
  if (/^[\w-]{1,64}$/.test(text)) return text;
  throw new OptionsError(`--${name} must be the id of a ${name} (letters, digits, - and _), not "${text}".`);
}
