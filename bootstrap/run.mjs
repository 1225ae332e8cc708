// The first step of every npm command: prepares what is missing, then runs the command with the project's own Node.
// Node built-ins only, and nothing newer than Node 20: on a fresh clone there is nothing else.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareArtillery } from './artillery.mjs';
import { prepareBenchTools } from './bench-tools.mjs';
import { prepareChromium } from './chromium.mjs';
import { runForeground } from './foreground.mjs';
import { prepareFront } from './front.mjs';
import { installPackages } from './packages.mjs';
import { preparePgbouncer } from './pgbouncer.mjs';
import { projectNode, root } from './project.mjs';
import { prepareRedis } from './redis.mjs';
import { SetupError, say } from './say.mjs';

const typescript = (entry) => (args) => [{ args: [entry, ...args], endsOnDisconnect: true }];

const commands = {
  demo: { prepare: [installPackages, prepareRedis, prepareFront], steps: typescript('demo/src/main.ts') },
  start: {
    prepare: [installPackages, prepareRedis, prepareFront],
    steps: typescript('sandbox/src/system/main.ts'),
  },
  test: {
    prepare: [
      installPackages,
      prepareRedis,
      preparePgbouncer,
      prepareChromium,
      prepareArtilleryForTests,
      prepareFront,
    ],
    steps: testSteps,
  },
  'test:nightly': {
    prepare: [installPackages, prepareRedis, prepareFront],
    steps: nightlySteps,
    env: { MODEL_RUNS: '1000' },
  },
  bench: {
    prepare: [installPackages, prepareRedis, prepareBenchTools, prepareFront],
    steps: typescript('artillery/bench/main.ts'),
  },
  faults: {
    prepare: [installPackages, prepareRedis, prepareFront],
    steps: typescript('artillery/faults/main.ts'),
  },
  abuse: { prepare: [prepareAbuse], steps: abuseSteps },
  pictures: {
    prepare: [installPackages, prepareRedis, prepareChromium, prepareFront],
    steps: typescript('web-waitroom/src/pictures/main.ts'),
  },
  'verify-lottery': { prepare: [installPackages], steps: typescript('gateway/src/lottery/verify.ts') },
  load: { prepare: [installPackages, prepareLoad], steps: loadSteps },
};

/** Everything; or, given arguments, only the tests that they select: `npm test -- gateway/src/tickets`. */
function testSteps(args) {
  const vitest = { args: ['node_modules/vitest/vitest.mjs', 'run', ...args] };
  return args.length > 0
    ? [vitest]
    : [{ args: ['node_modules/turbo/bin/turbo', 'run', 'lint', 'typecheck', 'build'] }, vitest];
}

/** Large, and of use to the tests of `artillery/` alone. */
function prepareArtilleryForTests(env, args) {
  return args.length === 0 || args.some((arg) => arg.includes('artillery')) ? prepareArtillery(env) : {};
}

/** What takes too long for every `npm test`. Arguments are for the first step, and then it is the only one. */
function nightlySteps(args) {
  const model = { args: ['node_modules/vitest/vitest.mjs', 'run', 'workers/src/model.test.ts', ...args] };
  return args.length > 0 ? [model] : [model, ...abuseSteps([])];
}

/** Scenarios that no artillery sends: they have a crowd of their own. */
const IN_LAB = ['crowd', 'baseline'];
const inLab = (args) => args.includes('--compare') || IN_LAB.includes(loadScenario(args));

const has = (args, option) => args.some((arg) => arg === option || arg.startsWith(`${option}=`));

function loadScenario(args) {
  const at = args.findIndex((arg) => arg === '--scenario' || arg.startsWith('--scenario='));
  if (at >= 0) return args[at].split('=')[1] ?? args[at + 1];
  return has(args, '--shoppers') && !has(args, '--target') ? 'crowd' : 'journey';
}

/** For help, or a scenario that is not there, nothing is installed. */
async function prepareLoad(env, args) {
  const shop = async () => ({ ...(await prepareRedis(env)), ...(await prepareFront(env)) });
  if (helps(args)) return {};
  if (inLab(args)) return shop();
  if (!existsSync(join(root, 'artillery', 'scenarios', `${loadScenario(args)}.yml`))) return {};
  return { ...(await prepareArtillery(env)), ...(has(args, '--target') ? {} : await shop()) };
}

function loadSteps(args) {
  return typescript(inLab(args) && !helps(args) ? 'artillery/crowd/main.ts' : 'artillery/run.ts')(args);
}

const helps = (args) => has(args, '--help') || has(args, '-h');

/** Help is a file, so that it needs nothing; a list of the cases needs the packages, and nothing that is started. */
async function prepareAbuse(env, args) {
  if (helps(args)) {
    process.stdout.write(readFileSync(join(root, 'artillery', 'abuse', 'usage.txt'), 'utf8'));
    return {};
  }
  if (has(args, '--list')) {
    if (!existsSync(projectNode)) throw new SetupError('--list needs the npm packages: run npm ci first.');
    return {};
  }
  const packages = await installPackages(env);
  if (has(args, '--target')) return packages;
  const prepared = { ...env, ...packages };
  return { ...packages, ...(await prepareRedis(prepared)), ...(await prepareFront(prepared)) };
}

function abuseSteps(args) {
  return helps(args) ? [] : typescript('artillery/abuse/main.ts')(args);
}

async function main([name, ...args]) {
  const command = Object.hasOwn(commands, name ?? '') ? commands[name] : undefined;
  if (!command)
    throw new SetupError(`Usage: node bootstrap/run.mjs <${Object.keys(commands).join('|')}> [options]`);
  if (Number(process.versions.node.split('.')[0]) < 20) {
    throw new SetupError(`Node ${process.versions.node} is too old to begin with: install Node 20 or newer.`);
  }
  if (process.platform === 'win32') {
    throw new SetupError('Windows itself is not supported, because Redis is not: use WSL.');
  }
  let env = { ...command.env, ...process.env };
  for (const prepare of command.prepare) env = { ...env, ...(await prepare(env, args)) };
  for (const step of command.steps(args)) {
    const exitCode = await runForeground(projectNode, step, env);
    if (exitCode !== 0) return exitCode;
  }
  return 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  say(error instanceof SetupError ? error.message : `Unexpected: ${error.stack}`);
  process.exitCode = 1;
}
