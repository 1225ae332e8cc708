// The only way to define a command line: options, parsing and help. It uses only Node built-ins, so `--help` and wrong
// options are answered before anything is installed.
import { parseArgs } from 'node:util';

/**
 * One option. `help` describes it; `sample` is what the help shows without a default.
 * @typedef {object} Described
 * @property {string} help
 * @property {string} [sample]
 *
 * @typedef {Described & { kind: 'flag' }} Flag
 * @typedef {Described & { kind: 'whole', least: number, most: number, default?: number, why?: string }} Whole
 * @typedef {Described & { kind: 'choice', of: readonly string[], default?: string }} Choice
 * @typedef {Described & { kind: 'text', default?: string }} Text
 * @typedef {Described & { kind: 'texts' }} Texts can be given several times
 * @typedef {Flag | Whole | Choice | Text | Texts} Option
 */

/**
 * @template {Option} O
 * @typedef {O extends { kind: 'flag' } ? boolean
 *   : O extends { kind: 'texts' } ? string[] | undefined
 *   : O extends { kind: 'whole' } ? (O extends { default: number } ? number : number | undefined)
 *   : O extends { kind: 'choice', of: readonly (infer C)[] } ? (O extends { default: string } ? C : C | undefined)
 *   : O extends { default: string } ? string : string | undefined} ValueOf
 */

/**
 * @template {Record<string, Option>} [Options=Record<string, Option>]
 * @typedef {object} Command
 * @property {string} usage how to call it: `npm run demo`
 * @property {string} summary one line
 * @property {Options} options by name, without the dashes
 * @property {string} [operands] allowed words besides the options, e.g. `[files]`; left out: none
 * @property {boolean} [passesOn] unlisted options belong to the program behind
 * @property {string} [more] further help
 */

/** The options are invalid; the message has one line for each error. */
export class OptionsError extends Error {}

/**
 * Gives a command its exact types.
 * @template {Record<string, Option>} const Options
 * @param {Command<Options>} command
 * @returns {Command<Options>}
 */
export function defineCommand(command) {
  return command;
}

/**
 * @template {Record<string, Option>} Options
 * @param {Command<Options>} command
 * @param {string[]} args
 * @returns {{ values: { [Name in keyof Options]: ValueOf<Options[Name]> }, operands: string[] }}
 * @throws OptionsError naming every error at once
 */
export function readCommandLine(command, args) {
  const { tokens } = parseArgs({
    args,
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: Object.fromEntries(
      Object.entries(command.options).map(([name, { kind }]) => [
        name,
        { type: kind === 'flag' ? /** @type {const} */ ('boolean') : /** @type {const} */ ('string') },
      ]),
    ),
  });
  /** @type {Map<string, string[]>} */
  const given = new Map();
  /** @type {string[]} */
  const errors = [];
  /** @type {string[]} */
  const operands = [];
  let unknownAt = -2;
  for (const token of tokens) {
    if (token.kind === 'positional') {
      // The word after an unknown option is most likely its value: one line for both.
      if (command.operands) operands.push(token.value);
      else if (token.index !== unknownAt + 1)
        errors.push(`"${token.value}" is not understood: options start with --.`);
    }
    if (token.kind !== 'option') continue;
    const option = Object.hasOwn(command.options, token.name) ? command.options[token.name] : undefined;
    if (!option) unknownAt = token.index;
    if (!option || !token.rawName.startsWith('--')) errors.push(`There is no option ${token.rawName}.`);
    else if (option.kind === 'flag' && token.value !== undefined)
      errors.push(`--${token.name} takes no value, so not "${token.value}".`);
    else given.set(token.name, [...(given.get(token.name) ?? []), token.value ?? '']);
  }

  /** @type {Record<string, unknown>} */
  const values = {};
  for (const [name, option] of Object.entries(command.options)) {
    try {
      values[name] = readValue(name, option, given.get(name));
    } catch (error) {
      if (!(error instanceof OptionsError)) throw error;
      errors.push(error.message);
    }
  }
  if (errors.length > 0) throw new OptionsError(errors.join('\n'));
  return { values: /** @type {any} */ (values), operands };
}

/**
 * @param {string} name
 * @param {Option} option
 * @param {string[] | undefined} given
 */
function readValue(name, option, given) {
  if (option.kind === 'flag') return given !== undefined;
  if (option.kind === 'texts') return given;
  const text = given?.at(-1);
  if (text === undefined) return option.default;
  if (option.kind === 'whole') return wholeNumber(name, text, option.least, option.most, option.why);
  if (option.kind === 'choice' && !option.of.includes(text))
    throw new OptionsError(`--${name}: there is no "${text}". There is: ${option.of.join(', ')}.`);
  if (text === '') throw new OptionsError(`--${name} needs a value.`);
  return text;
}

/**
 * @param {string} name of the option
 * @param {string} text
 * @param {number} least
 * @param {number} most
 * @param {string} [why] why not less
 * @returns {number}
 * @throws OptionsError that names the option, its bounds and the given text
 */
export function wholeNumber(name, text, least, most, why) {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  const reason = why && /^-?\d+$/.test(text) && Number(text) < least ? `: ${why}` : '';
  throw new OptionsError(
    `--${name} must be a whole number from ${least} to ${most}, not "${text}"${reason}.`,
  );
}

/** @param {string[]} args */
export const asksForHelp = (args) => args.includes('--help') || args.includes('-h');

/**
 * The help of a command, for `--help` and below an error.
 * @param {Command<any>} command
 */
export function helpOf(command) {
  const options = /** @type {[string, Option][]} */ (Object.entries(command.options));
  const left = options.map(([name, option]) => `--${name} ${sampleOf(option)}`.trimEnd());
  const width = Math.max('--help'.length, ...left.map((text) => text.length));
  const lines = options.map(([, { help }], at) => `  ${left[at]?.padEnd(width)}   ${help}`);
  const operands = command.operands ? ` ${command.operands}` : '';
  return [
    `Usage: ${command.usage} -- [options]${operands}`,
    `\n${command.summary}\n`,
    ...lines,
    `  ${'--help'.padEnd(width)}   this text; nothing is installed, started or written`,
    ...(command.more ? [`\n${command.more}`] : []),
  ].join('\n');
}

/** @param {Option} option */
function sampleOf(option) {
  if (option.sample !== undefined) return option.sample;
  return 'default' in option && option.default !== undefined ? String(option.default) : '';
}
