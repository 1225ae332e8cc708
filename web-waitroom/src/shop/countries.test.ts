import { expect, test } from 'vitest';
import { countriesIn } from './countries.ts';

test('countries are those that have a code today, under their names, in the language’s order', () => {
  const english = countriesIn('en');
  const codes = english.map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
  expect(codes.length).toBeGreaterThanOrEqual(249);
  expect(codes.length).toBeLessThanOrEqual(250);
  for (const gone of ['DD', 'SU', 'UK', 'YU', 'EU', 'ZZ']) expect(codes).not.toContain(gone);
  expect(english[0]).toEqual({ code: 'AF', name: 'Afghanistan' });
  expect(countriesIn('de').find(({ code }) => code === 'AT')).toEqual({ code: 'AT', name: 'Österreich' });
  expect(countriesIn('sv').at(-1)?.name).toMatch(/^Ö/);
});
