import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openTestGateway, type TestGateway } from '../testing/gateway.ts';
import { customPageRoutes } from './custom-pages.ts';

const FOLDER = join(import.meta.dirname, '../../../docs/examples/waiting-page');

let it: TestGateway;
let app: ReturnType<typeof customPageRoutes>;
beforeAll(async () => {
  it = await openTestGateway({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') });
  app = customPageRoutes(it.gateway, FOLDER);
});
afterAll(() => it?.close());

test('a custom page is filled with the room’s name, escaped, and its files are served beside it', async () => {
  const room = await it.openRoom({ name: 'Tom & <Jerry>' });
  const page = await app.request(`/w/${room}`);
  const text = await page.text();
  expect(text).toContain('<title>Tom &amp; &lt;Jerry&gt;</title>');
  expect(text).not.toMatch(/%\w+%/);
  expect(page.headers.get('content-security-policy')).toContain("script-src 'self';");
  const [, script = ''] = /src="([^"]+)"/.exec(text) ?? [];
  const file = await app.request(script);
  expect([file.status, file.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
});

test.each(['../../waiting-page.md', '%2e%2e/%2e%2e/waiting-page.md', '..%2f..%2fwaiting-page.md', 'none.js'])(
  'nothing outside the room’s folder is served: %s',
  async (path) => {
    const room = await it.openRoom();
    expect((await app.request(`/w/${room}/files/${path}`)).status).toBe(404);
  },
);

test('a rehearsal room, and one that does not exist, have neither page nor files', async () => {
  const room = await it.openRoom({ rehearsal: true });
  for (const path of [`/w/${room}`, `/w/${room}/files/page.js`, '/w/nowhere', '/w/nowhere/files/page.js'])
    expect((await app.request(path)).status, path).toBe(404);
});

test('a folder without a page is refused at the start, with the reason', () => {
  const empty = mkdtempSync(join(tmpdir(), 'no-pages-'));
  try {
    expect(() => customPageRoutes(it.gateway, empty)).toThrow(
      /WAITING_PAGES: there is no \{room\}\/index\.html/,
    );
    expect(() => customPageRoutes(it.gateway, join(empty, 'missing'))).toThrow(/missing/);
  } finally {
    rmSync(empty, { recursive: true });
  }
});
