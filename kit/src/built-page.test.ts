import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { afterAll, expect, test } from 'vitest';
import { builtPage, missingPages } from './built-page.ts';
import type { HttpEnv } from './http.ts';
import { LOCALES } from './i18n/locale.ts';

const folder = mkdtempSync(join(tmpdir(), 'built-page-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
for (const [locale, direction] of [
  ['en', 'ltr'],
  ['de', 'ltr'],
  ['ar', 'rtl'],
]) {
  const document = `<html lang="${locale}" dir="${direction}"><style>p{margin:0}</style></html>`;
  writeFileSync(join(folder, `${locale}.html`), document);
  writeFileSync(join(folder, `${locale}.html.br`), brotliCompressSync(document));
  writeFileSync(join(folder, `${locale}.html.gz`), gzipSync(document));
}

const app = new Hono<HttpEnv>().get('/w/:room', ...builtPage(folder, 'public, max-age=60'));
const get = (path: string, headers: Record<string, string> = {}) => app.request(path, { headers });

test('a page is in the browser’s first supported language, and Vary names the headers that decide it', async () => {
  const answer = await get('/w/drop', { 'accept-language': 'xx, ar-EG;q=0.9, en;q=0.5' });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-language')).toBe('ar');
  expect(answer.headers.get('vary')).toBe('Accept-Language, Cookie, Accept-Encoding');
  expect(await answer.text()).toContain('<html lang="ar" dir="rtl">');
  expect(await (await get('/w/drop')).text()).toContain('<html lang="en" dir="ltr">');
});

test.each([
  ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
  ['gzip', 'gzip', gunzipSync],
  ['br;q=0, gzip;q=0.5', 'gzip', gunzipSync],
])('a client that accepts %s gets a page as %s', async (accepted, coding, decompress) => {
  const answer = await get('/w/drop', { 'accept-encoding': accepted });
  expect(answer.headers.get('content-encoding')).toBe(coding);
  const plain = await (await get('/w/drop')).text();
  expect(decompress(await answer.arrayBuffer()).toString()).toBe(plain);
});

test('a chosen language is stored, wins over the browser’s, and the rest of the address stays unchanged', async () => {
  const choice = await get('/w/drop?return=%2Fa%3Fb&lang=de', { 'accept-language': 'ar' });
  expect(choice.status).toBe(303);
  expect(choice.headers.get('location')).toBe('/w/drop?return=%2Fa%3Fb');
  expect(choice.headers.get('cache-control')).toBe('no-store');
  const cookie = choice.headers.get('set-cookie')?.split(';')[0] as string;
  const answer = await get('/w/drop', { 'accept-language': 'ar', cookie });
  expect(answer.headers.get('content-language')).toBe('de');
});

test.each(['xx', '', '../en', '__proto__'])('an unknown language "%s" changes nothing', async (language) => {
  const answer = await get(`/w/drop?lang=${language}`, { cookie: `shopfast_language=${language}` });
  expect([answer.status, answer.headers.get('content-language')]).toEqual([200, 'en']);
  expect(answer.headers.get('set-cookie')).toBeNull();
});

test('a page’s policy allows only the styles in its document', async () => {
  const answer = await app.request('/w/launch');
  const style = /<style>(.*?)<\/style>/s.exec(await answer.text())?.[1] as string;
  const hash = createHash('sha256').update(style).digest('base64');
  expect(answer.headers.get('content-security-policy')).toContain(`style-src 'sha256-${hash}'`);
});

test('a page that is not built in every language is missing, and its address says what to do', async () => {
  const complete = mkdtempSync(join(tmpdir(), 'built-page-test-'));
  for (const locale of LOCALES) writeFileSync(join(complete, `${locale}.html`), '<html></html>');
  expect(missingPages([complete])).toBeUndefined();
  expect(missingPages([complete, folder])).toContain('npm run build');
  rmSync(join(complete, 'de.html'));
  expect(missingPages([complete])).toContain('npm run build');
  rmSync(complete, { recursive: true });

  const unbuilt = new Hono<HttpEnv>().get('/w/:room', ...builtPage(complete, 'public'));
  const answer = await unbuilt.request('/w/drop');
  expect([answer.status, await answer.text()]).toEqual([503, missingPages([complete])]);
});
