import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { builtPageRoutes } from './built-pages.ts';
import { BUILT_PAGES } from './folder.ts';

test('a script is compressed for clients that accept it, and may be cached for ever', async () => {
  const script = readdirSync(`${BUILT_PAGES}/assets`).find((name) => /^waiting-.*\.js$/.test(name));
  const ask = (coding: string) =>
    builtPageRoutes().request(`/assets/${script}`, { headers: { 'accept-encoding': coding } });
  const answer = await ask('gzip, br');
  expect(answer.headers.get('content-encoding')).toBe('br');
  expect(answer.headers.get('content-type')).toMatch(/javascript/);
  expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  const plain = await ask('identity');
  expect(plain.headers.get('content-encoding')).toBeNull();
  expect(Number(answer.headers.get('content-length'))).toBeLessThan(
    Number(plain.headers.get('content-length')) / 2,
  );
});
