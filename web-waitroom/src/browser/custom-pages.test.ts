import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadCatalogue } from '@shopfast/kit/i18n/catalogues';
import { openSale } from '@shopfast/sandbox/system/sale';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violationsOf } from './axe.ts';
import { listenForComplaints } from './complaints.ts';
import { buy, fillIn, openProduct, watchOrder } from './journey.ts';
import { openWholeSystem, type WholeSystem } from './whole-system.fixture.ts';

const words = loadCatalogue('admin', 'en');

const TEMPLATE = fileURLToPath(new URL('../../../docs/examples/waiting-page/default', import.meta.url));
const LONG = { timeout: 120_000 };

let pages: string;
let whole: WholeSystem;
let { system, browser } = {} as WholeSystem;
beforeAll(async () => {
  // Two rooms use the template of docs/waiting-page.md; the others have the built-in page.
  pages = await mkdtemp(join(tmpdir(), 'waiting-pages-'));
  for (const room of ['own', 'own-slow']) await cp(TEMPLATE, join(pages, room), { recursive: true });
  whole = await openWholeSystem({ env: { gateway: { WAITING_PAGES: pages } } });
  ({ system, browser } = whole);
}, 120_000);
afterAll(async () => {
  await whole?.close();
  await rm(pages, { recursive: true, force: true });
}, 60_000);

async function openRoom(room: string, settings: object): Promise<string> {
  const quick = { poll_min_ms: 500, poll_max_ms: 1_000, ...settings };
  await openSale(system, {
    room,
    name: 'Launch & day',
    productId: `${room}-boot`,
    units: 5,
    settings: quick,
  });
  return `${system.urls.gateway}/w/${room}`;
}
/** Joins before the shopper of the test: the first is called, later ones wait. */
const take = (room: string) => fetch(`${system.urls.gateway}/v1/rooms/${room}/tickets`, { method: 'POST' });
async function operator(method: string, path: string, body: object) {
  const answer = await fetch(`${system.urls.gateway}/v1/admin/rooms${path}`, {
    method,
    headers: { authorization: `Bearer ${system.adminKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(answer.ok, `${path}: ${answer.status}`).toBe(true);
}

async function visiting(
  visit: (page: Page, complaints: string[]) => Promise<void>,
  options: BrowserContextOptions = {},
): Promise<void> {
  const usual = { locale: 'en-GB', viewport: { width: 360, height: 740 }, reducedMotion: 'reduce' } as const;
  const context = await browser.newContext({ ...usual, ...options });
  try {
    const page = await context.newPage();
    await visit(page, listenForComplaints(page));
  } finally {
    await context.close();
  }
}

const SLOW = { admissions_per_minute: 1, max_active: 1, claim_seconds: 3_600 };
const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40"><rect width="120" height="40" fill="#7a1f5c"/></svg>';
const THEME = {
  accent: '#7a1f5c',
  accent_dark: '#f0a8d8',
  logo: `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`,
  text: { en: 'Fifty pairs, one for each.', ar: 'خمسون زوجًا.' },
  css: '.card { border-radius: 0.25rem; }',
};

test(
  'a theme works in light and dark and from right to left, without axe or policy violations and without layout shifts',
  LONG,
  async () => {
    const url = await openRoom('themed', SLOW);
    await operator('PUT', '/themed/theme', THEME);
    await take('themed');
    for (const [colorScheme, accent, locale] of [
      ['light', 'rgb(122, 31, 92)', 'en-GB'],
      ['dark', 'rgb(240, 168, 216)', 'ar'],
    ] as const)
      await visiting(
        async (page, complaints) => {
          await page.addInitScript(() => {
            const { shifts } = Object.assign(globalThis, { shifts: [] as number[] });
            new PerformanceObserver((list) => {
              for (const entry of list.getEntries())
                shifts.push((entry as PerformanceEntry & { value: number }).value);
            }).observe({ type: 'layout-shift', buffered: true });
          });
          await page.goto(url);
          await page.locator('main[data-view=waiting]').waitFor();
          const figure = page.locator('.figure strong');
          expect(await figure.evaluate((one) => getComputedStyle(one).color)).toBe(accent);
          expect(await page.locator('.card').evaluate((one) => getComputedStyle(one).borderRadius)).toBe(
            '4px',
          );
          await page.getByText(locale === 'ar' ? THEME.text.ar : THEME.text.en).waitFor();
          const logo = page.locator('img.logo');
          await expect
            .poll(() => logo.evaluate((one) => (one as HTMLImageElement).naturalWidth))
            .toBeGreaterThan(0);
          expect(await violationsOf(page)).toEqual([]);
          const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement);
          expect(scrollWidth).toBe(clientWidth);
          const shifts = await page.evaluate(() => (globalThis as unknown as { shifts: number[] }).shifts);
          // An estimate that grows by one letter at the end of its line counts as 0.0001.
          expect(Math.max(0, ...shifts)).toBeLessThan(0.001);
          expect(complaints).toEqual([]);
        },
        { colorScheme, locale },
      );
  },
);

test(
  'an operator sets a room’s theme, gets a message about an unreadable colour, and removes the theme',
  LONG,
  async () => {
    const url = await openRoom('looks', SLOW);
    await take('looks');
    await visiting(
      async (page, complaints) => {
        await page.addInitScript((key) => sessionStorage.setItem('admin_key', key), system.adminKey);
        await page.goto(`${system.urls.gateway}/admin/rooms/looks/look`);
        await page.getByLabel(words['look.accent']).fill('#f5a623');
        await page.getByRole('button', { name: words['settings.save'] }).click();
        await page.getByText('choose a darker one').first().waitFor();
        await page.getByLabel(words['look.accent']).fill(THEME.accent);
        await page.getByLabel(words['look.logo'], { exact: true }).setInputFiles({
          name: 'logo.svg',
          mimeType: 'image/svg+xml',
          buffer: Buffer.from(SVG),
        });
        await page.getByAltText(words['look.logo_now']).waitFor();
        await page.getByLabel(words['look.language']).selectOption('de');
        await page.getByLabel(/Deutsch/).fill('Nur heute');
        expect(await violationsOf(page)).toEqual([]);
        await page.getByRole('button', { name: words['settings.save'] }).click();
        await page.getByText(words['look.saved']).first().waitFor();
        const themed = async () => (await fetch(url, { headers: { 'accept-language': 'de' } })).text();
        const document = await themed();
        for (const part of [`--accent:${THEME.accent}`, 'class="logo"', 'Nur heute'])
          expect(document).toContain(part);

        await page.getByRole('button', { name: words['look.remove'] }).click();
        await page.getByText(words['look.removed']).first().waitFor();
        expect(await themed()).not.toContain('Nur heute');
        expect(complaints.filter((one) => !one.includes('422'))).toEqual([]);
      },
      { viewport: { width: 1_280, height: 900 } },
    );
  },
);

test('the template for custom pages leads a shopper from the join to a paid order', LONG, async () => {
  const url = await openRoom('own', { admissions_per_minute: 600 });
  await visiting(async (page, complaints) => {
    await page.goto(url);
    await page.waitForURL(/\/shop/, { timeout: 30_000 });
    await openProduct(page);
    await fillIn(page, { email: 'own@example.com', card: 'pm_card_visa', quantity: 1 });
    await buy(page, 60_000);
    expect(await watchOrder(page, 60_000)).toBe('paid');
    expect(complaints).toEqual([]);
  });
});

test(
  'on the template a shopper sees the place and leaves; without JavaScript the built-in page is used',
  LONG,
  async () => {
    const own = await openRoom('own-slow', SLOW);
    await take('own-slow');
    await visiting(async (page, complaints) => {
      await page.goto(own);
      await page.getByRole('heading', { name: 'Launch & day' }).waitFor();
      await page.getByText(/\d+ ahead of you/).waitFor();
      expect(await violationsOf(page)).toEqual([]);
      await page.getByRole('button', { name: 'Leave the line' }).click();
      await page.getByText('You have left the line.').waitFor();
      expect(complaints).toEqual([]);
    });
    await visiting(
      async (page) => {
        await page.goto(own);
        await page.waitForURL(/\?plain/);
        await page.getByRole('heading', { name: 'Launch & day' }).waitFor();
      },
      { javaScriptEnabled: false },
    );
  },
);
