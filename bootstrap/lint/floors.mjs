import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseSync } from 'oxc-parser';
import { root } from '../project.mjs';
import { filesNamed } from '../repository/files.mjs';

const SOURCE = 'gateway/src';

/**
 * The floors of the gateway, from below: Redis commands, rooms, admission, tickets, HTTP. A folder, or a file beside the
 * folders, imports only from floors below its own. Types count, too.
 */
const FLOORS = [
  ['lua', 'lottery', 'themes', 'limits', 'meters', 'openapi', 'order-times', 'shedding', 'small-page'],
  ['stores-unavailable', 'env', 'health'],
  ['codes'],
  ['rooms'],
  ['tokens', 'webhooks', 'challenge', 'metrics'],
  ['admission'],
  ['tickets'],
  ['rehearsal', 'reminders', 'protect'],
  ['pages', 'admin'],
  ['no-js-page'],
  ['gateway'],
  ['hot-path', 'reference'],
  ['app'],
  ['serve'],
];
const floorOf = new Map(FLOORS.flatMap((names, floor) => names.map((name) => [name, floor])));

/** Tests, and what helps them, stand above everything. */
const isTest = (file) => /\.(?:test|fixture)\.ts$/.test(file) || file.startsWith('testing/');

/**
 * @param {string[]} files relative to the gateway's sources
 * @param {(file: string) => string} read
 * @returns {string[]} imports upwards or within a floor, and folders without a floor
 */
export function importsUpwards(
  files = filesNamed(/\.ts$/, SOURCE).map((file) => relative(SOURCE, file)),
  read = (file) => readFileSync(join(root, SOURCE, file), 'utf8'),
) {
  return files
    .filter((file) => !isTest(file))
    .flatMap((file) => {
      const from = placeOf(file);
      if (!floorOf.has(from))
        return [`${SOURCE}/${file}: "${from}" has no floor in bootstrap/lint/floors.mjs`];
      return importsOf(file, read(file))
        .map(placeOf)
        .filter((to) => to !== from)
        .filter((to) => (floorOf.get(to) ?? FLOORS.length) >= (floorOf.get(from) ?? 0))
        .map((to) => `${SOURCE}/${file}: ${from} must not import ${to}, which is not on a floor below`);
    });
}

/** The folder of a file; for a file beside the folders, its name. */
const placeOf = (file) => (file.split('/')[0] ?? '').replace(/\.ts$/, '');

/** Every file of the gateway that a source imports, for its types, too. */
function importsOf(file, text) {
  const { staticImports, staticExports } = parseSync(file, text).module;
  const specifiers = [
    ...staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...staticExports.flatMap(({ entries }) => entries.map(({ moduleRequest }) => moduleRequest?.value)),
  ];
  return specifiers
    .flatMap((specifier) => (specifier?.startsWith('.') ? [join(file, '..', specifier)] : []))
    .filter((target) => !target.startsWith('..'));
}
