// Reads the imports of the repository's sources with Node alone: on a fresh clone no parser is installed yet.
import { existsSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { root } from '../project.mjs';

/**
 * `import … from 'x'`, `export … from 'x'`, `import 'x'` and `import('x')`; not `import type`, which does not exist at
 * run time.
 */
const IMPORTS =
  /^[ \t]*(?:import|export)\s+(?!type\s)[^'"();]*?from\s*['"]([^'"\n]+)['"]|^[ \t]*import\s*['"]([^'"\n]+)['"]|\bimport\(\s*['"]([^'"\n]+)['"]/gm;

const COMMENTS = /^[ \t]*\/\*[\s\S]*?\*\//gm;

/** @type {Map<string, string>} */
const texts = new Map();

/** Read once; empty for a missing file. */
function readText(file) {
  let text = texts.get(file);
  if (text === undefined) {
    const path = join(root, file);
    text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    texts.set(file, text);
  }
  return text;
}

/** @typedef {{ file: string, specifier: string, target: string | undefined, package: string | undefined }} Import */

/**
 * The run-time imports of one source file. `target` is a file of the repository; `package` must be installed or
 * declared, other workspaces included. Node's own modules are left out.
 * @param {string} file relative to the root
 * @returns {Import[]}
 */
export function importsOf(file) {
  const found = known.get(file) ?? readImports(file);
  known.set(file, found);
  return found;
}

/** @type {Map<string, Import[]>} */
const known = new Map();

/** @param {string} file @returns {Import[]} */
function readImports(file) {
  const specifiers = [...readSource(file).replace(COMMENTS, '').matchAll(IMPORTS)].map(
    ([, from, alone, dynamic]) => /** @type {string} */ (from ?? alone ?? dynamic),
  );
  return (
    [...new Set(specifiers)]
      // A plugin of the build makes virtual modules.
      .filter((specifier) => !isBuiltin(specifier) && !specifier.startsWith('virtual:'))
      .map((specifier) => {
        if (specifier.startsWith('.'))
          return { file, specifier, target: join(dirname(file), specifier), package: undefined };
        return { file, specifier, target: sourceOf(specifier), package: packageOf(specifier) };
      })
  );
}

/**
 * All files of the repository that run when this one is imported, itself included.
 * @param {string} entry relative to the root
 * @returns {Set<string>}
 */
export function reachableFrom(entry) {
  const seen = new Set([entry]);
  for (const file of seen)
    for (const { target } of importsOf(file)) if (target && existsSync(join(root, target))) seen.add(target);
  return seen;
}

/** The text of a code file; empty for others, such as a style sheet. */
export const readSource = (file) => (/\.[cm]?[jt]sx?$/.test(file) ? readText(file) : '');

/** `@scope/name/sub/path` → `@scope/name`. */
function packageOf(specifier) {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** The workspaces by package name. */
export const workspaces = new Map(
  readManifest('.').workspaces.map((folder) => [readManifest(folder).name, folder]),
);

/** The package.json of a workspace; `.` for the root's. */
export function readManifest(folder) {
  return JSON.parse(readText(join(folder, 'package.json')));
}

/** The workspace of a file; `.` for the root. */
export function workspaceOf(file) {
  const [folder = ''] = relative(root, join(root, file)).split('/');
  return [...workspaces.values()].includes(folder) ? folder : '.';
}

/** The file behind a workspace's `exports`, e.g. `@shopfast/kit/env` → `kit/src/env.ts`. */
function sourceOf(specifier) {
  const name = packageOf(specifier);
  const folder = workspaces.get(name);
  const pattern = folder && readManifest(folder).exports?.['./*'];
  return pattern && join(folder, pattern.replace('*', specifier.slice(name.length + 1)));
}
