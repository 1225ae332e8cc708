import { openSale } from '@shopfast/sandbox/system/sale';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenedSystem, openSharedSystem } from './shared-system.fixture.ts';

let whole: OpenedSystem;
let { system, browser } = {} as OpenedSystem;
beforeAll(async () => {
  whole = await openSharedSystem();
  ({ system, browser } = whole);
}, 120_000);
afterAll(() => whole?.close(), 60_000);

type Seen = { views: { name: string; at: number }[]; busy: { from: number; to: number }[] };

/** Runs in the browser before the page: records each view, and the times in which the page was blocked. */
function watch(): void {
  const seen: Seen = { views: [], busy: [] };
  Object.assign(globalThis, { seen });
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries())
      seen.busy.push({ from: startTime, to: startTime + duration });
  }).observe({ type: 'longtask', buffered: true });
  new MutationObserver(() => {
    const name = document.getElementById('main')?.dataset.view;
    if (name && seen.views.at(-1)?.name !== name) seen.views.push({ name, at: performance.now() });
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ['data-view'] });
}

/** The share of the proof's time in which the page was blocked; 1 when the proof runs in the page's own thread. */
function frozenShare({ views, busy }: Seen): number {
  const begun = views.findIndex(({ name }) => name === 'checking');
  const [from, to] = [views[begun]?.at, views[begun + 1]?.at] as [number, number];
  const within = busy.map((task) => Math.max(0, Math.min(task.to, to) - Math.max(task.from, from)));
  return within.reduce((sum, ms) => sum + ms, 0) / (to - from);
}

test('a real browser solves the challenge without freezing, shows it, and gets a place; a refresh keeps it', {
  timeout: 120_000,
}, async () => {
  // Nobody is called in this room: the test looks at the place.
  const settings = { challenge: 'pow', admissions_per_minute: 1, max_active: 1 } as const;
  await openSale(system, {
    room: 'checked',
    name: 'Checked',
    productId: 'checked-sneaker',
    units: 5,
    settings,
  });
  const context = await browser.newContext({ locale: 'en-GB' });
  try {
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())));
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.addInitScript(watch);
    const answers: string[] = [];
    page.on('response', (answer) => {
      const { pathname } = new URL(answer.url());
      if (/\/(tickets|challenge)$/.test(pathname))
        answers.push(`${answer.status()} ${pathname.split('/').at(-1)}`);
    });

    await page.goto(`${system.urls.gateway}/w/checked`);
    await page.locator('main:is([data-view=waiting], [data-view=called])').waitFor({ timeout: 60_000 });
    const seen = await page.evaluate(() => (globalThis as unknown as { seen: Seen }).seen);
    expect(answers).toEqual(['403 tickets', '200 challenge', '201 tickets']);
    expect(seen.views.slice(0, 2).map(({ name }) => name)).toEqual(['joining', 'checking']);
    expect(frozenShare(seen)).toBeLessThan(0.7);

    await page.reload();
    await page.locator('main:is([data-view=waiting], [data-view=called])').waitFor({ timeout: 30_000 });
    expect(answers.slice(3)).toEqual(['200 tickets']);
    // The first refusal is part of the protocol; no other complaint is allowed.
    expect(complaints.filter((text) => !text.includes('403'))).toEqual([]);
  } finally {
    await context.close();
  }
});
