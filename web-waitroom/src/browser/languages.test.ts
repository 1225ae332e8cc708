import { openSale } from '@shopfast/sandbox/system/sale';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import shop from '../i18n/shop/de.ts';
import arabic from '../i18n/waiting/ar.ts';
import german from '../i18n/waiting/de.ts';
import { violationsOf } from './axe.ts';
import { listenForComplaints } from './complaints.ts';
import { type OpenedSystem, openSharedSystem } from './shared-system.fixture.ts';

const ROOM = 'launch';
const PRODUCT = 'sneaker';
const PHONE = { width: 360, height: 740 };
const DESK = { width: 1440, height: 900 };

let whole: OpenedSystem;
let { system, browser } = {} as OpenedSystem;
beforeAll(async () => {
  whole = await openSharedSystem();
  ({ system, browser } = whole);
  // The first is called; everybody else waits.
  const settings = { admissions_per_minute: 1, max_active: 1, claim_seconds: 3_600 };
  await openSale(system, { room: ROOM, name: 'Launch day', productId: PRODUCT, units: 5, settings });
  await fetch(`${system.urls.gateway}/v1/rooms/${ROOM}/tickets`, { method: 'POST' });
}, 120_000);
afterAll(() => whole?.close(), 60_000);

async function asReaderOf(
  locale: string,
  visit: (page: Page, complaints: string[]) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ locale, viewport: PHONE });
  try {
    const page = await context.newPage();
    await visit(page, listenForComplaints(page));
  } finally {
    await context.close();
  }
}

const open = (page: Page, path: string) => page.goto(`${system.urls.gateway}${path}`);
const inLine = (page: Page) => page.locator('main[data-view=waiting]').waitFor({ timeout: 30_000 });
const written = (page: Page) =>
  page.evaluate(() => `${document.documentElement.lang} ${getComputedStyle(document.body).direction}`);

/** Runs in the browser: reports layout shifts. */
function reportShifts(): void {
  const { moved } = globalThis as unknown as { moved(path: string): void };
  const report = (list: PerformanceObserverEntryList) => {
    type Shift = PerformanceEntry & { hadRecentInput: boolean; value: number };
    // An estimate that grows by one letter at the end of its line counts as 0.0001.
    for (const { hadRecentInput, value } of list.getEntries() as Shift[])
      if (!hadRecentInput && value >= 0.001) moved(`${location.pathname} by ${value}`);
  };
  new PerformanceObserver(report).observe({ type: 'layout-shift', buffered: true });
}

/** By how many pixels the page is wider than its window. */
const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

test('an Arabic browser gets each page in Arabic from right to left, without overflow or layout shifts', {
  timeout: 120_000,
}, async () => {
  const pages = [
    { path: `/w/${ROOM}`, shown: 'main[data-view=waiting]' },
    { path: `/lottery/${ROOM}`, shown: '#result:not([hidden])' },
    { path: '/shop', shown: '[data-product]' },
    { path: `/shop/products/${PRODUCT}`, shown: 'main h1' },
    { path: '/shop/account', shown: 'main form' },
    { path: '/admin', shown: 'main form' },
    { path: '/accessibility', shown: 'main h1' },
  ];
  await asReaderOf('ar-EG', async (page, complaints) => {
    const moved: string[] = [];
    await page.exposeFunction('moved', (path: string) => void moved.push(path));
    await page.addInitScript(reportShifts);
    for (const { path, shown } of pages) {
      await open(page, path);
      await page.locator(shown).first().waitFor({ timeout: 30_000 });
      expect(await written(page), path).toBe('ar rtl');
      await page.locator('.languages summary').click();
      for (const size of [PHONE, DESK]) {
        await page.setViewportSize(size);
        expect(await overflow(page), `${path} at ${size.width}`).toBe(0);
      }
      expect(await violationsOf(page), path).toEqual([]);
    }
    expect(moved).toEqual([]);
    await open(page, `/w/${ROOM}`);
    await page.getByRole('heading', { name: arabic['waiting.title'] }).waitFor();
    expect(complaints).toEqual([]);
  });
});

test('a language is chosen by keyboard, kept on all pages and over a refresh, and adds no history entry', {
  timeout: 60_000,
}, async () => {
  await asReaderOf('ar-EG', async (page, complaints) => {
    await open(page, '/shop');
    await open(page, `/w/${ROOM}?note=kept`);
    await inLine(page);
    await page.locator('.languages summary').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Deutsch' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: german['waiting.title'] }).waitFor();
    expect(page.url()).toBe(`${system.urls.gateway}/w/${ROOM}?note=kept`);
    await page.reload();
    await inLine(page);
    expect(await written(page)).toBe('de ltr');
    await page.goBack();
    expect(page.url()).toBe(`${system.urls.gateway}/shop`);
    await page.reload();
    await page.getByRole('heading', { name: shop['list.title'] }).waitFor();
    expect(complaints).toEqual([]);
  });
});
