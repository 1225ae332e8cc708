import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'oxc-parser';
import { root } from '../project.mjs';
import { filesNamed } from '../repository/files.mjs';

/** Folders in which every cast is explained. The others follow; see `node bootstrap/lint/casts.mjs`. */
export const EXPLAINED_IN = [
  ...[
    'gateway',
    'kit',
    'checkout',
    'workers',
    'db',
    'reference',
    'web-waitroom',
    'demo',
    'sandbox',
    'artillery',
  ],
];

/**
 * Casts by `as`, without `as const`. A comment explains one when it stands on a line of the cast, or on the line above.
 * @param {string} file
 * @param {string} text
 * @returns {{ line: number, isExplained: boolean }[]}
 */
export function castsIn(file, text) {
  const { program, comments } = parseSync(file, text);
  const lineAt = linesOf(text);
  const explained = new Set();
  for (const { start, end } of comments)
    for (let line = lineAt(start); line <= lineAt(end); line += 1) explained.add(line);
  return [...nodesIn(program)].filter(isCast).map(({ start, end }) => {
    const [first, last] = [lineAt(start), lineAt(end)];
    let isExplained = explained.has(first - 1);
    for (let line = first; line <= last; line += 1) isExplained ||= explained.has(line);
    return { line: first, isExplained };
  });
}

function isCast({ type, typeAnnotation }) {
  if (type !== 'TSAsExpression') return false;
  return !(typeAnnotation.type === 'TSTypeReference' && typeAnnotation.typeName.name === 'const');
}

/** All nodes of a syntax tree. */
function* nodesIn(node) {
  if (node === null || typeof node !== 'object') return;
  if (typeof node.type === 'string') yield node;
  for (const value of Object.values(node)) yield* nodesIn(value);
}

/** @returns the line of an offset, from 1 */
function linesOf(text) {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => starts.findLastIndex((start) => start <= offset) + 1;
}

const isTest = (file) => /\.(?:test|fixture)\.tsx?$|\/testing\//.test(file);
const sources = () => filesNamed(/\.tsx?$/).filter((file) => !isTest(file));
const read = (file) => readFileSync(join(root, file), 'utf8');

/** @returns {string[]} casts that no comment explains */
export function unexplainedCasts(files = sources(), readFile = read) {
  return files
    .filter((file) => EXPLAINED_IN.some((folder) => file.startsWith(`${folder}/`)))
    .flatMap((file) =>
      castsIn(file, readFile(file))
        .filter(({ isExplained }) => !isExplained)
        .map(({ line }) => `${file}:${line}: a cast needs a comment that explains it, or a check instead`),
    );
}

// `node bootstrap/lint/casts.mjs` prints the counts of each workspace, tests apart.
if (import.meta.main) {
  const counts = {};
  for (const file of filesNamed(/\.tsx?$/)) {
    const name = `${file.split('/')[0]}${isTest(file) ? ' (tests)' : ''}`;
    counts[name] ??= { casts: 0, unexplained: 0 };
    for (const { isExplained } of castsIn(file, read(file))) {
      counts[name].casts += 1;
      if (!isExplained) counts[name].unexplained += 1;
    }
  }
  console.table(counts);
}
