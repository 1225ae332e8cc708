import { expect, test } from 'vitest';
import { asksForHelp, defineCommand, helpOf, OptionsError, readCommandLine } from './command-line.mjs';

const command = defineCommand({
  usage: 'npm run seed',
  summary: 'Tries something.',
  options: {
    times: { kind: 'whole', least: 1, most: 10, default: 3, why: 'once at least', help: 'how often' },
    where: { kind: 'text', sample: '"the moon"', help: 'a place' },
    only: { kind: 'texts', help: 'given again and again' },
    how: { kind: 'choice', of: ['well', 'badly'], default: 'well', help: 'in which way' },
    json: { kind: 'flag', help: 'for programs' },
  },
});
const read = (...args) => readCommandLine(command, args).values;

test('missing options have their defaults', () => {
  expect(read()).toEqual({ times: 3, where: undefined, only: undefined, how: 'well', json: false });
});

test('every kind is read, with a space or with =', () => {
  expect(
    read('--times', '4', '--where=here', '--only', 'a', '--only', 'b', '--how', 'badly', '--json'),
  ).toEqual({
    times: 4,
    where: 'here',
    only: ['a', 'b'],
    how: 'badly',
    json: true,
  });
});

test.each([
  [['--times', 'abc'], '--times must be a whole number from 1 to 10, not "abc".'],
  [['--times', '-1'], '--times must be a whole number from 1 to 10, not "-1": once at least.'],
  [['--times', '1.5'], '--times must be a whole number from 1 to 10, not "1.5".'],
  [['--times', '11'], '--times must be a whole number from 1 to 10, not "11".'],
  [['--times'], '--times must be a whole number from 1 to 10, not "".'],
  [['--how', 'loud'], '--how: there is no "loud". There is: well, badly.'],
  [['--where', ''], '--where needs a value.'],
  [['--json=yes'], '--json takes no value, so not "yes".'],
  [['--speed', '9'], 'There is no option --speed.'],
  [['-x'], 'There is no option -x.'],
  [['surprise'], '"surprise" is not understood: options start with --.'],
  [['--constructor'], 'There is no option --constructor.'],
])('%j is refused with one clear line', (args, message) => {
  expect(() => read(...args)).toThrow(OptionsError);
  expect(linesOf(() => read(...args))[0]).toBe(message);
});

/** The lines of the thrown error. */
function linesOf(work) {
  try {
    work();
  } catch (error) {
    return error.message.split('\n');
  }
  return [];
}

test('all errors are named together, a line each', () => {
  expect(linesOf(() => read('--times', '0', '--how', 'x', '--speed'))).toHaveLength(3);
});

test('words besides the options are passed to a command that takes some', () => {
  const { operands } = readCommandLine({ ...command, operands: '[files]' }, ['a', '--json', 'b']);
  expect(operands).toEqual(['a', 'b']);
});

test('the help has the summary, and each option with its default or a sample', () => {
  const help = helpOf(command);
  expect(help).toContain('Usage: npm run seed -- [options]');
  for (const line of [
    'Tries something.',
    '--times 3',
    '--where "the moon"',
    '--how well',
    '--json',
    '--help',
  ])
    expect(help).toContain(line);
});

test.each(['--help', '-h'])('%s asks for it', (word) => {
  expect(asksForHelp(['--times', '3', word])).toBe(true);
  expect(asksForHelp(['--helpful'])).toBe(false);
});
