import { readFileSync } from 'node:fs';
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
