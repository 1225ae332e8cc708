import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { OptionsError } from '../options-error.ts';
import { readTarget } from '../target.ts';
import { wholeNumber } from '../whole-number.ts';
import { type Case, FAMILY_NAMES, type Family } from './case.ts';

/** Also printed by the bootstrap, which can read nothing else before the packages are there. */
export const USAGE = readFileSync(new URL('./usage.txt', import.meta.url), 'utf8');

export type AbuseOptions = {
  does: 'run' | 'list' | 'help';
  /** Without it, a system is started. */
  target?: URL;
  adminKey?: string;
  webhookSecret?: string;
  inbox?: URL;
  gate?: string;
  /** Names and beginnings of cases to run. */
  families: readonly string[];
  cases: readonly string[];
  reduced: boolean;
  atOnce: number;
  minutes: number;
  json: boolean;
};

/** @throws OptionsError */
export function readAbuseOptions(
  args: string[],
  env: { adminKey?: string; webhookSecret?: string },
): AbuseOptions {
  const values = parse(args);
  const ownsHost = values['i-own-this-target'];
  const target = values.target === undefined ? undefined : address('target', values.target, ownsHost);
  const inbox = values.inbox === undefined ? undefined : address('inbox', values.inbox, ownsHost);
  for (const name of values.family)
    if (!FAMILY_NAMES.some((known) => known === name))
      throw new OptionsError(`There is no family "${name}". There is: ${FAMILY_NAMES.join(', ')}.`);
  const { gate } = values;
  if (gate !== undefined && !gate.startsWith('/'))
    throw new OptionsError('--gate must be a path, such as /shop.');
  const adminKey = values['admin-key'] ?? env.adminKey;
  const webhookSecret = values['webhook-secret'] ?? env.webhookSecret;
  return {
    does: values.help ? 'help' : values.list ? 'list' : 'run',
    ...(target ? { target } : {}),
    ...(adminKey ? { adminKey } : {}),
    ...(webhookSecret ? { webhookSecret } : {}),
    ...(inbox ? { inbox } : {}),
    ...(gate ? { gate: gate.replace(/\/+$/, '') } : {}),
    families: values.family,
    cases: values.case,
    reduced: values.reduced,
    atOnce: wholeNumber('at-once', values['at-once'], 1, 32),
    minutes: wholeNumber('minutes', values.minutes, 1, 120),
    json: values.json,
  };
}

/** The cases that the options name. @throws OptionsError when there is none */
export function selectCases(
  families: readonly Family[],
  { families: names, cases, reduced }: Pick<AbuseOptions, 'families' | 'cases' | 'reduced'>,
): Case[] {
  const all = families.flatMap((one) => one.cases);
  for (const name of cases)
    if (!all.some(({ id }) => id.startsWith(name))) throw new OptionsError(`There is no case "${name}".`);
  const found = all.filter(
    (one) =>
      (names.length === 0 || names.includes(one.family)) &&
      (cases.length === 0 || cases.some((name) => one.id === name || one.id.startsWith(name))) &&
      (!reduced || one.reduced),
  );
  if (found.length === 0) throw new OptionsError('No case is both in these families and of these names.');
  return found;
}

function address(name: string, text: string, ownsHost: boolean): URL {
  try {
    return new URL(readTarget(text, { ownsHost }));
  } catch (error) {
    const message = (error as Error).message;
    throw new OptionsError(
      message
        .replace('--target', `--${name}`)
        .replace('Load tests belong on machines of your own', 'The suite attacks what it is given')
        .replace('--i-own-this-host', '--i-own-this-target'),
    );
  }
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        target: { type: 'string' },
        'i-own-this-target': { type: 'boolean', default: false },
        'admin-key': { type: 'string' },
        'webhook-secret': { type: 'string' },
        inbox: { type: 'string' },
        gate: { type: 'string' },
        family: { type: 'string', multiple: true, default: [] },
        case: { type: 'string', multiple: true, default: [] },
        reduced: { type: 'boolean', default: false },
        'at-once': { type: 'string', default: '6' },
        minutes: { type: 'string', default: '20' },
        json: { type: 'boolean', default: false },
        list: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    throw new OptionsError((error as Error).message);
  }
}
