// Finds out from its imports what each test file needs. There is no list: a new test gets its project automatically.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../project.mjs';
import { filesNamed } from './files.mjs';
import { importsOf, readSource } from './imports.mjs';

/** @typedef {'postgres' | 'waitroom' | 'jobs'} Store */
/** @typedef {'unit' | 'store' | 'e2e'} Project */
/**
 * @typedef {object} Needs
 * @property {Set<Store>} stores that the run starts and provides
 * @property {boolean} servers whether it starts its own servers, such as Redis
 * @property {boolean} system whether it starts the whole system
 * @property {boolean} shared whether it uses the system and the browser that the run's files share
 * @property {boolean} browser
 * @property {boolean} pages whether it serves the built pages
 * @property {boolean} pooler
 * @property {boolean} balancer
 * @property {boolean} artillery
 * @property {boolean} generators whether it generates API clients
 * @property {boolean} curl whether it runs commands in bash, as a reader of a document does
 */

const PROVIDED = /** @type {const} */ ({
  databaseUrl: 'postgres',
  redisUrl: 'waitroom',
  jobsRedisUrl: 'jobs',
});

/** `join(import.meta.dirname, 'main.ts')`, `new URL('main.ts', import.meta.url)`: programs that a test starts. */
const STARTED =
  /import\.meta\.dirname,\s*'([^'\n]+\.(?:ts|mjs))'|new URL\(\s*'([^'\n]+\.(?:ts|mjs))',\s*import\.meta\.url/g;

export const testFiles = () => filesNamed(/\.test\.(ts|tsx|mjs)$/);

/** Everything that runs because of a test file: its imports, and the programs that it starts. */
function runBy(file) {
  const seen = new Set([file]);
  for (const source of seen) {
    const started = [...readSource(source).matchAll(STARTED)].map(([, one, other]) =>
      join(dirname(source), /** @type {string} */ (one ?? other)),
    );
    for (const target of [...started, ...importsOf(source).map((imported) => imported.target)])
      if (target && existsSync(join(root, target))) seen.add(target);
  }
  return seen;
}

/**
 * @param {string} file relative to the root
 * @returns {Needs}
 */
export function needsOf(file) {
  const needs = known.get(file) ?? findNeeds(file);
  known.set(file, needs);
  return needs;
}

/** @type {Map<string, Needs>} */
const known = new Map();

/** @param {string} file @returns {Needs} */
function findNeeds(file) {
  const files = runBy(file);
  const texts = [...files].map(readSource);
  const provided = /** @type {(keyof typeof PROVIDED)[]} */ (Object.keys(PROVIDED));
  const shared = files.has('web-waitroom/src/browser/shared-system.fixture.ts');
  const system = shared || files.has('sandbox/src/system/system.ts');
  return {
    stores: new Set(
      provided
        .filter((name) => texts.some((text) => new RegExp(`\\binject\\(\\s*'${name}'`).test(text)))
        .map((name) => PROVIDED[name]),
    ),
    servers: files.has('sandbox/src/stores/start.ts') || files.has('sandbox/src/stores/supervisor.ts'),
    system,
    shared,
    browser: [...files].some((one) =>
      importsOf(one).some((imported) => imported.package === 'playwright-core'),
    ),
    pages:
      system ||
      files.has('gateway/src/pages/folder.ts') ||
      texts.some((text) => /web-waitroom\/dist|'\.\.\/(\.\.\/)*dist/.test(text)),
    pooler: /pgbouncer|--pooler|pooler: true/i.test(readSource(file)),
    balancer: files.has('gateway/src/testing/haproxy.ts'),
    artillery: files.has('artillery/launch.ts'),
    generators: files.has('reference/src/client.fixture.ts'),
    curl: /\bspawn\(\s*'bash'/.test(readSource(file)),
  };
}

/**
 * The lightest project for a test with these needs.
 * @param {Needs} needs
 * @returns {Project}
 */
export function projectOf(needs) {
  if (needs.system || needs.browser || needs.artillery) return 'e2e';
  return needs.stores.size > 0 || needs.servers ? 'store' : 'unit';
}

/**
 * The tests that these arguments of `npm test` select, by vitest's rules.
 * @param {string[]} args
 */
export function selectTests(args) {
  const projects = new Set(args.flatMap((arg, at) => projectNamed(arg, args[at + 1])));
  const all = testFiles();
  const words = args
    .filter((arg, at) => !arg.startsWith('-') && args[at - 1] !== '--project')
    .map((arg) => arg.replace(/^\.\//, '').replace(`${root}/`, '').replace(/:\d+$/, ''))
    .filter((word) => all.some((file) => file.includes(word))); // The other words are values of options.
  return all
    .filter((file) => words.length === 0 || words.some((word) => file.includes(word)))
    .map((file) => ({ file, needs: needsOf(file) }))
    .map((test) => ({ ...test, project: projectOf(test.needs) }))
    .filter(({ project }) => projects.size === 0 || projects.has(project));
}

function projectNamed(arg, next) {
  if (arg === '--project') return [next];
  return arg.startsWith('--project=') ? [arg.slice('--project='.length)] : [];
}
