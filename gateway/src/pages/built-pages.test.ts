import { readdirSync } from 'node:fs';
import type { RedisClient } from '@shopfast/kit/redis';
import { expect, test } from 'vitest';
import { healthRoutes } from '../health.ts';
import { builtPageRoutes, missingGatewayPages } from './built-pages.ts';
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

test('a gateway without its pages is not ready, and says what to do', async () => {
  expect(missingGatewayPages()).toBeUndefined();
  const redis = {} as RedisClient; // It is not asked.
  const answer = await healthRoutes({ redis }, () => false, 'The pages are not built.').request('/readyz');
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
  expect(await answer.json()).toEqual({ status: 'The pages are not built.' });
});
