import { defineCommand } from '../command-line.mjs';

export const test = defineCommand({
  usage: 'npm test',
  summary:
    'Without arguments: lint, types, build and every test. With arguments: only the tests that they select.',
  operands: '[files or folders]',
  passesOn: true,
  options: {
    project: {
      kind: 'texts',
      sample: 'unit',
      help: 'only these: unit (starts nothing), store (Postgres, Redis), e2e (whole system, browser)',
    },
  },
  more: `Installs and starts only what the selected files need:
  npm test -- kit/src/batch.test.ts       one file
  npm test -- gateway/src/admission       a folder
  npm test -- --project unit              seconds, with nothing started
Any option of vitest works too, such as -t "a token buys once".`,
});
