import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { oneAtATime } from './one-at-a-time.mjs';
import { projectNode, root } from './project.mjs';
import { runQuietly } from './quietly.mjs';
import { SetupError, say } from './say.mjs';

const folder = join(root, 'web-waitroom');
/** What the pages are made of. The texts are in kit. */
const sources = [folder, join(root, 'kit', 'src', 'i18n'), join(root, 'kit', 'src', 'contracts')];
const stamp = join(folder, 'dist', '.stamp');
const NOT_SOURCES = new Set(['dist', 'node_modules', '.turbo', 'coverage']);

/** Builds the pages if their sources changed since the last build. */
export async function prepareFront(env) {
  if (!isBuilt()) await oneAtATime(async () => (isBuilt() ? undefined : build(env)));
  return {};
}

async function build(env) {
  const hash = sourceHash();
  await runQuietly(projectNode, [join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build'], {
    title: 'Building the pages (web-waitroom)',
    advice: 'See what it says about web-waitroom/, fix it, and run the same command again.',
    cwd: folder,
    env,
    killAfterMs: 2_000,
  });
  writeFileSync(stamp, hash);
}

function isBuilt() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === sourceHash();
}

function sourceHash() {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  for (const file of sources.flatMap(sourcesOf)) hash.update(file).update('\0').update(readFileSync(file));
  return hash.digest('hex');
}

function sourcesOf(directory) {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => !NOT_SOURCES.has(entry.name) && !/\.test\.tsx?$/.test(entry.name))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(directory, entry.name);
      return entry.isDirectory() ? sourcesOf(path) : [path];
    });
}

// Run as the "build" script of web-waitroom: builds in any case.
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    await oneAtATime(() => build(process.env));
  } catch (error) {
    say(error instanceof SetupError ? error.message : error.stack);
    process.exitCode = 1;
  }
}
