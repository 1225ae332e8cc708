// The first step of every npm command: reads its options, prepares what is missing, then runs it with the project's own
// Node. It uses only Node built-ins, and nothing newer than Node 20, because a fresh clone has nothing else.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { prepareArtillery } from './artillery.mjs';
import { prepareBenchTools } from './bench-tools.mjs';
import { prepareChromium } from './chromium.mjs';
import { prepareClientGenerators } from './client-generators.mjs';
import { asksForHelp, helpOf, OptionsError, readCommandLine } from './command-line.mjs';
import { abuse } from './commands/abuse.mjs';
import { bench } from './commands/bench.mjs';
import { databaseMigrate, databaseRoles } from './commands/database.mjs';
import { demo } from './commands/demo.mjs';
import { dev } from './commands/dev.mjs';
import { faults } from './commands/faults.mjs';
import { load } from './commands/load.mjs';
import { pictures } from './commands/pictures.mjs';
import { build, changeset, docsApi, format, lint, messages, nightly, typecheck } from './commands/plain.mjs';
import { seed } from './commands/seed.mjs';
import { start } from './commands/start.mjs';
import { test } from './commands/test.mjs';
import { verifyLottery } from './commands/verify-lottery.mjs';
import { prepareCurl, prepareHaproxy, preparePgbouncer } from './debian-programs.mjs';
import { runForeground } from './foreground.mjs';
import { prepareFront } from './front.mjs';
import { installPackages } from './packages.mjs';
import { projectNode, root } from './project.mjs';
import { prepareRedis } from './redis.mjs';
import { selectTests } from './repository/tests.mjs';
import { SetupError, say } from './say.mjs';

const typescript = (entry) => (args) => [{ args: [entry, ...args], endsOnDisconnect: true }];
/** Programs from packages, run one after the other; the arguments go to the first. */
const programs =
  (...lines) =>
  (args) =>
    lines.map(([entry, ...own], at) => ({ args: [entry, ...own, ...(at === 0 ? args : [])] }));
const BIOME = 'node_modules/@biomejs/biome/bin/biome';
const TURBO = 'node_modules/turbo/bin/turbo';
const REDOCLY = 'node_modules/@redocly/cli/bin/cli.js';
const VITEST = 'node_modules/vitest/vitest.mjs';

/** Each start of a service would compile its TypeScript again: a third of its processor time. */
const COMPILE_CACHE = join(root, 'node_modules/.cache/compile');

const commands = {
  demo: {
    line: demo,
    prepare: [installPackages, prepareRedis, prepareFront],
    steps: typescript('demo/src/main.ts'),
  },
  start: {
    line: start,
    prepare: [installPackages, prepareRedis, prepareFront],
    steps: typescript('demo/src/start/main.ts'),
  },
  dev: {
    line: dev,
    prepare: [installPackages, prepareRedis, prepareFront],
    steps: typescript('demo/src/dev/main.ts'),
  },
  seed: { line: seed, prepare: [installPackages], steps: typescript('demo/src/seed/main.ts') },
  test: { line: test, prepare: [installPackages], meanwhile: prepareTests, steps: testSteps },
  'test:nightly': {
    line: nightly,
    prepare: [installPackages, prepareRedis, prepareChromium, prepareFront, prepareCurl],
    steps: nightlySteps,
    env: { MODEL_RUNS: '1000', LOTTERY_DRAWS: '10000000', HOSTILE_EVERY: '1', PROPERTY_TIMES: '10' },
  },
  bench: {
    line: bench,
    prepare: [installPackages, prepareRedis, prepareBenchTools, prepareFront],
    steps: typescript('artillery/bench/main.ts'),
  },
  faults: {
    line: faults,
    prepare: [installPackages, prepareRedis, prepareFront],
    steps: typescript('artillery/faults/main.ts'),
  },
  abuse: {
    line: abuse,
    prepare: [installPackages, prepareAbuse],
    steps: typescript('artillery/abuse/main.ts'),
  },
  pictures: {
    line: pictures,
    prepare: [installPackages, prepareRedis, prepareChromium, prepareFront],
    steps: typescript('web-waitroom/src/pictures/main.ts'),
  },
  'verify-lottery': {
    line: verifyLottery,
    prepare: [installPackages],
    steps: typescript('gateway/src/lottery/verify.ts'),
  },
  load: { line: load, prepare: [installPackages, prepareLoad], steps: loadSteps },
  lint: {
    line: lint,
    prepare: [installPackages],
    steps: programs(
      [BIOME, 'check'],
      [TURBO, 'boundaries'],
      ['node_modules/knip/bin/knip.js'],
      ['bootstrap/lint/main.mjs'],
      [REDOCLY, 'lint'],
    ),
    // The API document is checked without a call to another host.
    env: { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
  },
  format: { line: format, prepare: [installPackages], steps: programs([BIOME, 'check', '--write']) },
  typecheck: {
    line: typecheck,
    prepare: [installPackages],
    steps: programs([TURBO, 'run', 'typecheck', 'typecheck:root']),
  },
  build: { line: build, prepare: [installPackages], steps: programs([TURBO, 'run', 'build']) },
  'db:migrate': {
    line: databaseMigrate,
    prepare: [installPackages],
    steps: programs(['db/src/migrate.ts']),
  },
  'db:roles': {
    line: databaseRoles,
    prepare: [installPackages],
    steps: programs(['db/src/make-roles.ts']),
  },
  'docs:api': {
    line: docsApi,
    prepare: [installPackages],
    steps: programs(['reference/src/write.ts']),
  },
  messages: {
    line: messages,
    prepare: [installPackages],
    steps: programs(['kit/src/i18n/write-message-types.ts']),
  },
  changeset: {
    line: changeset,
    prepare: [installPackages],
    steps: programs(['node_modules/@changesets/cli/bin.js']),
  },
};

/** All steps; with arguments only the selected tests: `npm test -- gateway/src/tickets`. */
function testSteps(args) {
  const vitest = { args: [VITEST, 'run', ...args] };
  return args.length > 0
    ? [vitest]
    : [{ args: [TURBO, 'run', 'lint', 'typecheck', 'typecheck:root', 'build'] }, vitest];
}

/**
 * Prepares only what the selected tests need, so that one file runs in seconds. Without arguments the pages are built by
 * a step before the tests.
 */
async function prepareTests(env, args) {
  const needs = selectTests(args).map((test) => test.needs);
  const some = (what) => needs.some(what);
  let added = {};
  const add = async (prepare) => {
    added = { ...added, ...(await prepare({ ...env, ...added })) };
  };
  if (
    some(({ stores, servers, system }) => stores.has('waitroom') || stores.has('jobs') || servers || system)
  )
    await add(prepareRedis);
  if (some(({ pooler }) => pooler)) await add(preparePgbouncer);
  if (some(({ balancer }) => balancer)) await add(prepareHaproxy);
  if (some(({ browser }) => browser)) await add(prepareChromium);
  if (some(({ artillery }) => artillery)) await add(prepareArtillery);
  if (some(({ generators }) => generators)) await add(prepareClientGenerators);
  if (some(({ curl }) => curl)) await add(prepareCurl);
  if (args.length > 0 && some(({ pages }) => pages)) await add(prepareFront);
  return added;
}

/** Tests that are too slow for every `npm test`. With arguments, only the first step runs. */
function nightlySteps(args) {
  const tests = [
    'workers/src/model.test.ts',
    'gateway/src/lottery/fairness.test.ts',
    'gateway/src/hostile-input.test.ts',
    'checkout/src/hostile-input.test.ts',
    'workers/src/admin/hostile-input.test.ts',
    'kit/src/contracts',
    'kit/src/http.test.ts',
    'gateway/src/protect/readings.test.ts',
    'gateway/src/admission/losses.test.ts',
    'gateway/src/admission/rates.test.ts',
    'web-waitroom/src/browser/shop-states.test.ts',
    'web-waitroom/src/browser/admin-states.test.ts',
    'docs/install.test.ts',
  ];
  const vitest = { args: [VITEST, 'run', ...tests, ...args] };
  return args.length > 0 ? [vitest] : [vitest, ...typescript('artillery/abuse/main.ts')([])];
}

/** Scenarios with their own crowd, without artillery. */
const IN_LAB = ['crowd', 'baseline'];
const optionsOfLoad = (args) => readCommandLine(load, args).values;
const inLab = (args) => optionsOfLoad(args).compare !== undefined || IN_LAB.includes(loadScenario(args));

function loadScenario(args) {
  const { scenario, shoppers, target } = optionsOfLoad(args);
  return scenario ?? (shoppers !== undefined && target === undefined ? 'crowd' : 'journey');
}

/** For an unknown scenario, nothing is installed. */
async function prepareLoad(env, args) {
  const shop = async () => ({ ...(await prepareRedis(env)), ...(await prepareFront(env)) });
  if (inLab(args)) return shop();
  if (!existsSync(join(root, 'artillery', 'scenarios', `${loadScenario(args)}.yml`))) return {};
  const ownShop = optionsOfLoad(args).target === undefined;
  return { ...(await prepareArtillery(env)), ...(ownShop ? await shop() : {}) };
}

function loadSteps(args) {
  return typescript(inLab(args) ? 'artillery/crowd/main.ts' : 'artillery/run.ts')(args);
}

/** Listing the cases needs nothing, and a target already runs. */
async function prepareAbuse(env, args) {
  const { list, target } = readCommandLine(abuse, args).values;
  if (list || target !== undefined) return {};
  return { ...(await prepareRedis(env)), ...(await prepareFront(env)) };
}

/** @param {string[]} words the command, then its options */
async function main([name, ...args]) {
  const command = Object.hasOwn(commands, name ?? '') ? commands[name] : undefined;
  if (!command)
    throw new SetupError(`Usage: node bootstrap/run.mjs <${Object.keys(commands).join('|')}> [options]`);
  if (asksForHelp(args)) {
    console.log(helpOf(command.line));
    return 0;
  }
  if (!command.line.passesOn) readCommandLine(command.line, args);
  if (Number(process.versions.node.split('.')[0]) < 20) {
    throw new SetupError(`Node ${process.versions.node} is too old: install Node 20 or newer.`);
  }
  if (process.platform === 'win32') {
    throw new SetupError('Windows itself is not supported, because Redis is not: use WSL.');
  }
  let env = { NODE_COMPILE_CACHE: COMPILE_CACHE, ...command.env, ...process.env };
  for (const prepare of command.prepare) env = { ...env, ...(await prepare(env, args)) };
  const steps = command.steps(args);
  // Downloads continue beside the earlier steps; the last one waits for them.
  const preparing = command.meanwhile?.(env, args);
  preparing?.catch(() => {});
  for (const [at, step] of steps.entries()) {
    if (at === steps.length - 1) env = { ...env, ...(await preparing) };
    const exitCode = await runForeground(projectNode, step, env);
    if (exitCode !== 0) return exitCode;
  }
  return 0;
}

const commandLine = process.argv.slice(2);
try {
  process.exitCode = await main(commandLine);
} catch (error) {
  if (error instanceof OptionsError) {
    say(`${error.message}\nOptions: ${commands[commandLine[0] ?? '']?.line.usage} -- --help`);
    process.exitCode = 2;
  } else {
    say(error instanceof SetupError ? error.message : `Unexpected: ${error.stack}`);
    process.exitCode = 1;
  }
}
