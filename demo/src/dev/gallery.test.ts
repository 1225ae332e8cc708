import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { openChromium } from '@shopfast/web-waitroom/browser/chromium';
import { chromiumPath } from '@shopfast/web-waitroom/browser/env';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createGallery } from './gallery.ts';
import { createPageBuilder } from './pages.ts';
import { createReload } from './reload.ts';

const PATIENT = { timeout: 120_000 };

const lifecycle = createLifecycle();
const reload = createReload();
let origin: string;
let browser: Awaited<ReturnType<typeof openChromium>>;
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gallery-test-'));
  lifecycle.onClose('folder', () => rmSync(folder, { recursive: true, force: true }));
  const gallery = createGallery(folder, reload, createPageBuilder(lifecycle).gallery);
  const server = createServer((request, response) => {
    if (!reload.answer(request, response) && !gallery.answer(request, response))
      response.writeHead(404).end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  lifecycle.onClose('server', () => {
    server.close();
    server.closeAllConnections();
  });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await openChromium(chromiumPath());
  lifecycle.onClose('browser', () => browser.close());
}, 120_000);
afterAll(() => lifecycle.close());

test('every state is drawn at 360 px in two languages, light and dark, and the page reloads on a change', async () => {
  const page = await browser.newPage({ viewport: { width: 1_600, height: 900 } });
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${origin}/gallery?kind=called`);
  await expect.poll(() => page.frames().length, PATIENT).toBe(1 + 4 * 4);
  for (const frame of page.frames().slice(1)) {
    await frame.locator('main[data-view=called]').waitFor(PATIENT);
    expect(await frame.evaluate('[innerWidth, document.documentElement.scrollWidth]')).toEqual([360, 360]);
    const query = new URL(frame.url()).searchParams;
    expect(await frame.evaluate('document.documentElement.lang')).toBe(query.get('lang'));
    const ground = query.get('scheme') === 'dark' ? 'rgb(16, 20, 18)' : 'rgb(245, 244, 240)';
    expect(await frame.evaluate('getComputedStyle(document.body).backgroundColor')).toBe(ground);
  }
  // The icons of the real pages are not served here.
  expect(complaints.filter((text) => !text.includes('404'))).toEqual([]);

  await page.evaluate('window.before = true');
  reload.everywhere();
  await expect.poll(() => page.evaluate('window.before ?? false').catch(() => true), PATIENT).toBe(false);
}, 300_000);

test('requests outside the gallery, or for files outside its folder, get no answer', async () => {
  expect((await fetch(`${origin}/w/launch`)).status).toBe(404);
  expect((await fetch(`${origin}/gallery/frame?lang=..%2f..%2fpackage`)).status).toBe(404);
  expect((await fetch(`${origin}/gallery/%2e%2e/system.json`)).status).toBe(404);
});
