import fc from 'fast-check';
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { Problem } from './errors.ts';
import { type HttpEnv, installBasics } from './http.ts';
import { loadCatalogue } from './i18n/catalogues.ts';
import { LOCALES } from './i18n/locale.ts';
import { titleFor } from './i18n/problem-titles.ts';
import { createLog } from './log.ts';
import { runs } from './testing/runs.ts';

function appThat(fails: () => never) {
  const app = new Hono<HttpEnv>();
  installBasics(app, { log: createLog('test', 'silent') });
  app.get('/', fails);
  return app;
}

test('an unexpected error gives the caller only a fixed sentence and the request id', async () => {
  const app = appThat(() => {
    throw new Error('password of the database is hunter2');
  });
  const answer = await app.request('/');
  expect(answer.status).toBe(500);
  const text = await answer.text();
  const id = answer.headers.get('x-request-id');
  expect(JSON.parse(text)).toMatchObject({ code: 'internal', request_id: id });
  expect(text).not.toContain('hunter2');
});

test('a problem is problem+json with its code; 429 and 503 carry Retry-After', async () => {
  const app = appThat(() => {
    throw new Problem('overloaded', { retryAfterSeconds: 6.2 });
  });
  const answer = await app.request('/');
  expect(answer.status).toBe(503);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(answer.headers.get('retry-after')).toBe('7');
  const plain = appThat(() => {
    throw new Problem('rate_limited');
  });
  expect((await plain.request('/')).headers.get('retry-after')).toBe('2');
});

test('a request id is accepted only from a trusted sender, and only when it cannot inject text into our logs', async () => {
  const idFor = async (isTrusted: boolean, given: string) => {
    const app = new Hono<HttpEnv>();
    installBasics(app, { log: createLog('test', 'silent'), isTrusted: () => isTrusted });
    return (await app.request('/', { headers: { 'x-request-id': given } })).headers.get('x-request-id');
  };
  const anew = /^[\w-]{12}$/;
  expect(await idFor(true, 'request-0001')).toBe('request-0001');
  expect(await idFor(false, 'request-0001')).toMatch(anew);
  for (const malformed of ['a b\t{"level":50}', 'short', 'x'.repeat(65)])
    expect(await idFor(true, malformed)).toMatch(anew);
});

test('the title of a problem is in the reader’s language: chosen on a page, from the browser, or English', async () => {
  const app = appThat(() => {
    throw new Problem('sold_out');
  });
  const read = async (headers: Record<string, string>) => {
    const answer = await app.request('/', { headers });
    const { title, code } = (await answer.json()) as { title: string; code: string };
    expect(code).toBe('sold_out');
    return [answer.headers.get('content-language'), title];
  };
  const english = ['en', 'All units are sold or on hold.'];
  expect(await read({})).toEqual(english);
  expect(await read({ 'accept-language': 'tlh, *;q=0.1' })).toEqual(english);
  expect(await read({ 'accept-language': 'de-AT, en;q=0.5' })).toEqual([
    'de',
    loadCatalogue('problems', 'de').sold_out,
  ]);
  const cookie = 'a=b; shopfast_language=ar; c=d';
  expect(await read({ 'accept-language': 'de', cookie })).toEqual([
    'ar',
    loadCatalogue('problems', 'ar').sold_out,
  ]);
  expect(await read({ 'accept-language': 'de', cookie: 'shopfast_language=__proto__' })).toEqual([
    'de',
    loadCatalogue('problems', 'de').sold_out,
  ]);
});

test('any Accept-Language gets an answer, and the cache of parsed headers stays bounded', () => {
  fc.assert(
    fc.property(fc.string(), fc.option(fc.string(), { nil: undefined }), (acceptLanguage, cookie) => {
      const { title, language } = titleFor('sold_out', { acceptLanguage, cookie });
      expect(LOCALES).toContain(language);
      expect(title.length).toBeGreaterThan(0);
    }),
    { numRuns: runs(600) },
  );
});
