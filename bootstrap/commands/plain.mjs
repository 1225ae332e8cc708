// Commands of contributors, which take no options of their own.
import { defineCommand } from '../command-line.mjs';

const usageOf = (name) => `npm run ${name}`;

export const nightly = defineCommand({
  usage: usageOf('test:nightly'),
  summary:
    'Runs what is too long for npm test: 1,000 random courses of buying (MODEL_RUNS=5000 for more), 10,000,000 draws, all hostile values, the whole negative suite.',
  operands: '[more options of vitest]',
  passesOn: true,
  options: {},
});

export const lint = defineCommand({
  usage: usageOf('lint'),
  summary:
    'Checks style, boundaries of packages, unused code, declared imports, lock files and links. Writes nothing.',
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
  summary: "Writes docs/api.md anew from the gateway's description of its calls.",
  options: {},
});

export const changeset = defineCommand({
  usage: usageOf('changeset'),
  summary:
    'Notes a change for the next release: which packages, how large, and one sentence for CHANGELOG.md.',
  operands: '[command and options of changesets]',
  passesOn: true,
  options: {},
});
