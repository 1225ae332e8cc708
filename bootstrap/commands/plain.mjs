// Contributors' commands without own options.
import { defineCommand } from '../command-line.mjs';

const usageOf = (name) => `npm run ${name}`;

export const nightly = defineCommand({
  usage: usageOf('test:nightly'),
  summary:
    'Runs the tests that are too long for npm test: 1,000 random runs of buying (MODEL_RUNS=5000 for more), 10,000,000 draws, all hostile values, the whole negative suite.',
  operands: '[more options of vitest]',
  passesOn: true,
  options: {},
});

export const lint = defineCommand({
  usage: usageOf('lint'),
  summary:
    'Checks style, boundaries of packages, unused code, declared imports, lock files, links and the API document. Writes nothing.',
  options: {},
});

export const format = defineCommand({
  usage: usageOf('format'),
  summary: 'Formats the sources and fixes what can be fixed safely.',
  operands: '[files]',
  options: {},
});

export const typecheck = defineCommand({
  usage: usageOf('typecheck'),
  summary: 'Checks the types of every workspace, tests and scripts included.',
  options: {},
});

export const build = defineCommand({
  usage: usageOf('build'),
  summary: 'Builds the pages into web-waitroom/dist.',
  options: {},
});

export const docsApi = defineCommand({
  usage: usageOf('docs:api'),
  summary:
    'Rewrites the API document that the gateway serves, and docs/api.md, from what each service says about its calls.',
  options: {},
});

export const changeset = defineCommand({
  usage: usageOf('changeset'),
  summary: 'Records a change for the next release: packages, size, and one sentence for CHANGELOG.md.',
  operands: '[command and options of changesets]',
  passesOn: true,
  options: {},
});
