import { existsSync, readFileSync } from 'node:fs';
import { abuse } from '@shopfast/bootstrap/commands/abuse';
import { expect, test } from 'vitest';
import { FAMILY_NAMES } from './case.ts';
import { FAMILIES } from './families.ts';

const all = FAMILIES.flatMap(({ cases }) => cases);
const document = readFileSync(new URL('../../docs/abuse.md', import.meta.url), 'utf8');

test('there are at least 400 cases, each with a unique id', () => {
  expect(all.length).toBeGreaterThanOrEqual(400);
  const ids = all.map(({ id }) => id);
  expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
});

test('each case has a title, a source and an expected answer', () => {
  for (const { id, title, source, refusal } of all) {
    expect(id).toMatch(/^[a-z]+\/[\w.-]+$/);
    expect(title.length, id).toBeGreaterThan(8);
    expect(source.length, id).toBeGreaterThan(1);
    expect(refusal.status.length, id).toBeGreaterThan(0);
    for (const status of refusal.status)
      expect(status === 503 || status < 500, `${id}: ${status}`).toBe(true);
  }
});

test('every family has cases, and some that npm test runs', () => {
  expect(FAMILIES.map(({ name }) => name)).toEqual(FAMILY_NAMES);
  for (const { name, cases } of FAMILIES)
    expect(
      cases.some(({ reduced }) => reduced),
      name,
    ).toBe(true);
});

test('the usage names every family', () => {
  for (const name of FAMILY_NAMES) expect(abuse.options.family.help).toContain(name);
});

test('docs/abuse.md names every family, and no more cases than there are', () => {
  const rows = [...document.matchAll(/^\| `(\w+)` \| (\d+) \|/gm)].map(
    ([, name, count]) => [name, Number(count)] as const,
  );
  expect(rows.map(([name]) => name)).toEqual(FAMILY_NAMES);
  for (const [name, count] of rows) {
    const known = FAMILIES.find((one) => one.name === name)?.cases.length ?? 0;
    expect(known, name).toBeGreaterThanOrEqual(count);
  }
});

/** The rows of the table of findings: S1 to S34, and what stands in backticks in its last column. */
const findings = [...document.matchAll(/^\| (S\d+) \| .+ \| (.+) \|$/gm)].map(([, source, cases = '']) => ({
  source: source as string,
  isOutside: !cases.startsWith('not visible from outside: '),
  names: [...cases.matchAll(/`([^`]+)`/g)].map(([, name]) => name as string),
}));

const matching = (pattern: string) =>
  new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[\\w.-]*')}$`);

test('docs/abuse.md lists every finding, S1 to S34', () => {
  const numbers = Array.from({ length: 34 }, (_, at) => `S${at + 1}`);
  expect(findings.map(({ source }) => source)).toEqual(numbers);
  const sources = new Set(all.map(({ source }) => source).filter((source) => /^S\d+$/.test(source)));
  expect([...sources].filter((source) => !numbers.includes(source))).toEqual([]);
});

test('every finding that can be seen from outside has a case, and the document names it', () => {
  for (const { source, isOutside, names } of findings) {
    const own = all.filter((one) => one.source === source).map(({ id }) => id);
    expect(own.length > 0, source).toBe(isOutside);
    expect(names.length, source).toBeGreaterThan(0);
    if (!isOutside) {
      for (const file of names)
        expect(existsSync(new URL(`../../${file}`, import.meta.url)), file).toBe(true);
      continue;
    }
    for (const name of names)
      expect(
        all.some(({ id }) => matching(name).test(id)),
        `${source}: ${name}`,
      ).toBe(true);
    const isNamed = own.some((id) => names.some((name) => matching(name).test(id)));
    expect(isNamed, `${source}: ${own.join(', ')}`).toBe(true);
  }
});
