import { expect, inject, test } from 'vitest';
import { readSource } from './imports.mjs';
import { needsOf, projectOf, selectTests, testFiles } from './tests.mjs';

const projects = (args) => Object.fromEntries(selectTests(args).map(({ file, project }) => [file, project]));

test('every test file belongs to one project, by its imports', () => {
  const all = selectTests([]);
  expect(all.map(({ file }) => file)).toEqual(testFiles());
  expect(projects(['kit/src/batch.test.ts'])).toEqual({ 'kit/src/batch.test.ts': 'unit' });
  expect(projects(['gateway/src/tickets/tickets.test.ts'])).toEqual({
    'gateway/src/tickets/tickets.test.ts': 'store',
  });
  expect(projects(['browser/journey.test.ts'])).toEqual({
    'web-waitroom/src/browser/journey.test.ts': 'e2e',
  });
});

test('a unit test needs no store, starts no server and opens no browser', () => {
  for (const { file, needs } of selectTests(['--project', 'unit'])) {
    expect([...needs.stores], file).toEqual([]);
    expect([needs.servers, needs.system, needs.browser, needs.artillery], file).toEqual([
      ...[false, false, false, false],
    ]);
  }
});

test('a unit test that needs a store would get none', () => {
  for (const name of /** @type {const} */ (['databaseUrl', 'redisUrl', 'jobsRedisUrl']))
    expect(inject(name)).toBeUndefined();
});

test('a file that names a store needs that store', () => {
  const asking = testFiles().filter((file) =>
    /\binject\(\s*'(databaseUrl|redisUrl|jobsRedisUrl)'/.test(readSource(file)),
  );
  expect(asking.length).toBeGreaterThan(30);
  for (const file of asking.filter((one) => !one.startsWith('bootstrap/')))
    expect(needsOf(file).stores.size, file).toBeGreaterThan(0);
});

test('one file needs only what it uses', () => {
  expect(needsOf('kit/src/batch.test.ts')).toMatchObject({ pages: false, browser: false, pooler: false });
  expect([...needsOf('db/src/migrate.test.ts').stores]).toEqual(['postgres']);
  expect(needsOf('demo/src/demo.test.ts')).toMatchObject({ system: true, pooler: true, browser: false });
  expect(needsOf('artillery/load.test.ts')).toMatchObject({ artillery: true });
  expect(needsOf('docs/first-drop.test.ts')).toMatchObject({ system: true, curl: true, browser: false });
});

test('tests are selected as in vitest: by a part of the path, or by project; values of options are no paths', () => {
  expect(selectTests(['kit/src/batch'])).toHaveLength(1);
  expect(selectTests(['./kit/src/batch.test.ts:12', '-t', 'a batch'])).toHaveLength(1);
  const units = selectTests(['--project', 'unit']);
  expect(units.length).toBeGreaterThan(90);
  expect(selectTests(['--project=unit', 'kit/src/batch'])).toHaveLength(1);
  expect(selectTests(['--project', 'e2e', 'kit/src/batch'])).toHaveLength(0);
});

test('the heaviest need decides', () => {
  const nothing = { ...needsOf('kit/src/batch.test.ts') };
  expect(projectOf(nothing)).toBe('unit');
  expect(projectOf({ ...nothing, stores: new Set(['jobs']) })).toBe('store');
  expect(projectOf({ ...nothing, servers: true })).toBe('store');
  expect(projectOf({ ...nothing, stores: new Set(['jobs']), browser: true })).toBe('e2e');
});
