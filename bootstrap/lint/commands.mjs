import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../project.mjs';
import { filesNamed } from '../repository/files.mjs';
import { readManifest } from '../repository/imports.mjs';

const TEXTS = /\.(md|ts|tsx|mts|mjs|js|lua|sql|html|yml|yaml|json|jsonc|service)$/;
/** Past versions had other commands. */
const HISTORY = /^(CHANGELOG\.md$|\.changeset\/|docs\/load\/)/;
/** A lock file has no commands of ours. */
const NOT_OURS = /(^|\/)package-lock\.json$/;

const NPM = /\bnpm (?:run ([a-z][\w:-]*)|(start|test)\b)/g;
/** `node --option path/to/program.ts`, as a reader copies it. */
const NODE = /\bnode (?:--[\w-]+(?:=\S+)? )*([\w.-]+(?:\/[\w.-]+)*\.(?:ts|mts|mjs|js))\b/g;

/**
 * Commands in documents, messages and comments that do not exist: a script of npm that package.json does not have, and
 * in a document a program that is no file.
 * @param {string[]} paths from the root of the repository
 * @param {(path: string) => string} read
 * @returns {string[]} one line for each
 */
export function unknownCommands(
  paths = filesNamed(TEXTS),
  read = (path) => readFileSync(join(root, path), 'utf8'),
) {
  const { scripts } = readManifest('.');
  return paths
    .filter((path) => !HISTORY.test(path) && !NOT_OURS.test(path))
    .flatMap((path) => {
      const text = read(path);
      const missing = [...text.matchAll(NPM)]
        .map(([, run, short]) => /** @type {string} */ (run ?? short))
        .filter((name) => !(name in scripts))
        .map((name) => `${path}: there is no "npm run ${name}" in package.json`);
      const gone = [...(path.endsWith('.md') ? text.matchAll(NODE) : [])]
        .map(([, program = '']) => program)
        .filter((program) => !isFile(program, path))
        .map((program) => `${path}: there is no program ${program}`);
      return [...new Set([...missing, ...gone])];
    });
}

/** Commands start in the root; those of a workspace's own document may start in its folder. */
const isFile = (program, path) =>
  [root, join(root, dirname(path))].some((folder) => existsSync(join(folder, program)));
