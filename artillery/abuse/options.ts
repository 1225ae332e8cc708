import { readCommandLine } from '@shopfast/bootstrap/command-line';
import { abuse } from '@shopfast/bootstrap/commands/abuse';
import { messageOf } from '@shopfast/kit/thrown';
import { OptionsError } from '../options-error.ts';
import { readTarget } from '../target.ts';
import { type Case, FAMILY_NAMES, type Family } from './case.ts';

export type AbuseOptions = {
  does: 'run' | 'list';
  /** Without it, the suite starts a system. */
  target?: URL;
  adminKey?: string;
  webhookSecret?: string;
  inbox?: URL;
  gate?: string;
  /** Names and prefixes of the cases to run. */
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
  const { values } = readCommandLine(abuse, args);
  const families = values.family ?? [];
  const ownsHost = values['i-own-this-target'];
  const target = values.target === undefined ? undefined : address('target', values.target, ownsHost);
  const inbox = values.inbox === undefined ? undefined : address('inbox', values.inbox, ownsHost);
  for (const name of families)
    if (!FAMILY_NAMES.some((known) => known === name))
      throw new OptionsError(`There is no family "${name}". There is: ${FAMILY_NAMES.join(', ')}.`);
  const { gate } = values;
  if (gate !== undefined && !gate.startsWith('/'))
    throw new OptionsError('--gate must be a path, such as /shop.');
  const adminKey = values['admin-key'] ?? env.adminKey;
  const webhookSecret = values['webhook-secret'] ?? env.webhookSecret;
  return {
    does: values.list ? 'list' : 'run',
    ...(target ? { target } : {}),
    ...(adminKey ? { adminKey } : {}),
    ...(webhookSecret ? { webhookSecret } : {}),
    ...(inbox ? { inbox } : {}),
    ...(gate ? { gate: gate.replace(/\/+$/, '') } : {}),
    families,
    cases: values.case ?? [],
    reduced: values.reduced,
    atOnce: values['at-once'],
    minutes: values.minutes,
    json: values.json,
  };
}

/** The cases that the options select. @throws OptionsError if there are none */
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
    const message = messageOf(error);
    throw new OptionsError(
      message
        .replace('--target', `--${name}`)
        .replace('Load tests belong on machines of your own', 'The suite attacks its target')
        .replace('--i-own-this-host', '--i-own-this-target'),
    );
  }
}
