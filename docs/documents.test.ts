import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { KIND_NAMES } from '@shopfast/artillery/faults/kinds';
import { errorStatus } from '@shopfast/kit/errors';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

describe('docs/errors.md', () => {
  const documented = [...read('docs/errors.md').matchAll(/^\| `(\w+)` \| (\d{3}) \|/gm)].map(
    ([, code, status]) => [code, Number(status)],
  );
  const registered = Object.entries(errorStatus).map(([code, status]) => [code, status]);

  test('names every error code with its status, and none that does not exist', () => {
    expect(documented.toSorted()).toEqual(registered.toSorted());
  });
});

describe('docs/operations.md', () => {
  const services = ['gateway', 'checkout', 'workers'];

  test.each(services)('names every environment variable of %s, and none that it does not read', (service) => {
    const known = [...read(`${service}/src/env.ts`).matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(
      ([, name]) => name,
    );
    const section = read('docs/operations.md').split(`### ${service}\n`)[1]?.split('\n#')[0] ?? '';
    const documented = [...section.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name);
    expect(known.length).toBeGreaterThan(0);
    expect(documented.toSorted()).toEqual(known.toSorted());
  });
});

test('docs/operations.md names how long a client may take, and nothing that is not read', () => {
  const known = [...read('kit/src/client-timeouts.ts').matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(
    ([, name]) => name,
  );
  const section = read('docs/operations.md').split('## Slow clients\n')[1]?.split('\n## ')[0] ?? '';
  const documented = [...section.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name);
  expect(documented.toSorted()).toEqual(known.toSorted());
});

test('docs/operations.md names every variable of a Redis, and nothing that is not read', () => {
  const known = [...read('kit/src/redis/settings.ts').matchAll(/^ {2}(REDIS_[A-Z_]+):/gm)].map(
    ([, name]) => name,
  );
  const section = read('docs/operations.md').split('\n## Redis\n')[1]?.split('\n## ')[0] ?? '';
  const documented = [...section.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name);
  expect(known.length).toBeGreaterThan(0);
  expect(documented.toSorted()).toEqual(known.toSorted());
});

test('docs/operations.md quotes the conservation query as it is run', () => {
  expect(read('docs/operations.md')).toContain(read('db/src/conservation.sql').trim());
});

describe('docs/failure-modes.md', () => {
  const text = read('docs/failure-modes.md');
  const rows = text
    .split('\n')
    .filter((line) => /^\| (?!what fails|-)/.test(line))
    .map((line) => line.split(' | '));
  /** `file` “words”, “more words” */
  const named = [...text.matchAll(/`([\w./-]+\.test\.ts)` ((?:“[^”]+”(?:, )?)+)/g)].flatMap(
    ([, file, words]) =>
      [...(words as string).matchAll(/“([^”]+)”/g)].map(([, name]) => ({
        file: file as string,
        name: name as string,
      })),
  );

  test.each(named)('names a test that exists: $file, $name', ({ file, name }) => {
    expect(read(file)).toContain(name);
  });

  test('says for every fault what shoppers see, what is promised, and what proves it', () => {
    expect(rows.length).toBeGreaterThan(25);
    for (const [fault, seen, promise, proof, ...more] of rows) {
      for (const cell of [fault, seen, promise]) expect(cell?.length, fault).toBeGreaterThan(5);
      expect(proof, fault).toMatch(/`[\w./-]+\.test\.ts` “|`npm run faults -- /);
      expect(more, fault).toEqual([]);
    }
  });

  test('names every kind of fault of the whole system, and none that there is not', () => {
    const kinds = [...text.matchAll(/--only ([\w-]+)/g)].map(([, kind]) => kind);
    expect([...new Set(kinds)].toSorted()).toEqual(KIND_NAMES.toSorted());
  });

  test('names kinds of faults that `npm run faults` knows, and all of them', () => {
    const kinds = [...text.matchAll(/--kind "([^"]+)"/g)].map(([, kind]) => kind);
    const [, known = ''] =
      /BUYING_FAULTS = \[([^\]]+)\]/.exec(read('artillery/faults/buying-faults.ts')) ?? [];
    expect([...new Set(kinds)].toSorted()).toEqual(
      [...known.matchAll(/'([^']+)'/g)].map(([, kind]) => kind).toSorted(),
    );
  });
});

describe('documents', () => {
  const documents = [
    'README.md',
    'CONTRIBUTING.md',
    ...readdirSync(join(root, 'docs'), { recursive: true })
      .map((path) => `docs/${path}`)
      .filter((path) => path.endsWith('.md')),
  ];

  test.each(documents)('%s links only to files that exist', (document) => {
    const links = [...read(document).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(
      ([, link]) => link as string,
    );
    const missing = links.filter((link) => !existsSync(join(root, dirname(document), link)));
    expect(missing).toEqual([]);
  });

  test.each(documents)('%s names only files of the repository that exist', (document) => {
    const paths = [
      ...read(document).matchAll(/`((?:[\w.-]+\/)+[\w.-]+\.(?:ts|tsx|lua|sql|md|mjs|yml|json))`/g),
    ];
    const missing = paths.map(([, path]) => path as string).filter((path) => !existsSync(join(root, path)));
    expect(missing).toEqual([]);
  });
});
