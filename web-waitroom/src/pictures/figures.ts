import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { openSale } from '@shopfast/sandbox/system/sale';
import type { WholeSystem } from '../browser/whole-system.fixture.ts';

const ROOM = 'figures';
const VISITS = 5;
/** Lighthouse's "slow 4G" phone. */
const SLOW_LINE = {
  offline: false,
  latency: 150,
  downloadThroughput: (1.6 * 1024 * 1024) / 8,
  uploadThroughput: (750 * 1024) / 8,
};
const SLOWER_CPU = 4;
const LOOKED_AT_MS = 5_000;

type Figures = {
  browser: string;
  /** ms */
  firstPaint: number;
  largestPaint: number;
  /** When the shopper's own place was shown, ms. */
  placeShown: number;
  layoutShift: number;
  requestsBeforeFirstPaint: number;
  /** Bytes on the wire of a first visit. */
  bytes: number;
};

/** First visits of the waiting page, each in a fresh browser, on a slow network and processor. */
export async function measurePage(
  { system, browser }: WholeSystem,
  say: (line: string) => void,
): Promise<Figures> {
  const settings = { admissions_per_minute: 1, max_active: 1, claim_seconds: 3_600 };
  await openSale(system, { room: ROOM, name: 'Launch day', productId: 'figures-boot', units: 5, settings });
  await fetch(`${system.urls.gateway}/v1/rooms/${ROOM}/tickets`, { method: 'POST' });
  const visits: Figures[] = [];
  for (let visit = 1; visit <= VISITS; visit += 1) {
    const context = await browser.newContext({
      locale: 'en-GB',
      viewport: { width: 360, height: 740 },
      deviceScaleFactor: 2,
    });
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send('Network.enable');
    await devtools.send('Network.emulateNetworkConditions', SLOW_LINE);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER_CPU });
    let bytes = 0;
    devtools.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    await page.addInitScript(observe);
    await page.goto(`${system.urls.gateway}/w/${ROOM}`);
    await page.locator('main[data-view=waiting]').waitFor({ timeout: 30_000 });
    await page.waitForTimeout(LOOKED_AT_MS);
    const seen = await page.evaluate(read);
    visits.push({ browser: browser.version(), bytes, ...seen });
    say(
      `visit ${visit}/${VISITS}: LCP ${Math.round(seen.largestPaint)} ms, place ${Math.round(seen.placeShown)} ms, CLS ${seen.layoutShift}`,
    );
    await context.close();
  }
  const middle = (of: (one: Figures) => number) =>
    visits.map(of).toSorted((a, b) => a - b)[Math.floor(VISITS / 2)] ?? Number.NaN;
  return {
    browser: browser.version(),
    firstPaint: middle((one) => one.firstPaint),
    largestPaint: middle((one) => one.largestPaint),
    placeShown: middle((one) => one.placeShown),
    layoutShift: Math.max(...visits.map((one) => one.layoutShift)),
    requestsBeforeFirstPaint: Math.max(...visits.map((one) => one.requestsBeforeFirstPaint)),
    bytes: middle((one) => one.bytes),
  };
}

type Observed = { largestPaint: number; layoutShift: number; placeShown: number };

/** Runs in the browser, before the page. */
function observe(): void {
  const seen: Observed = { largestPaint: 0, layoutShift: 0, placeShown: Number.NaN };
  // A name of our own, from `observe` to `read`.
  (globalThis as unknown as { seen: Observed }).seen = seen;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.largestPaint = entry.startTime;
  }).observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver((list) => {
    // TypeScript does not know this kind of entry.
    for (const entry of list.getEntries()) seen.layoutShift += (entry as unknown as { value: number }).value;
  }).observe({ type: 'layout-shift', buffered: true });
  const watching = new MutationObserver(() => {
    if (document.getElementById('main')?.dataset.view !== 'waiting') return;
    watching.disconnect();
    // Painted in the next frame.
    requestAnimationFrame(() => {
      seen.placeShown = performance.now();
    });
  });
  watching.observe(document, { subtree: true, attributes: true, attributeFilter: ['data-view'] });
}

/** Runs in the browser, at the end. */
function read() {
  // What `observe` left there.
  const { largestPaint, layoutShift, placeShown } = (globalThis as unknown as { seen: Observed }).seen;
  const firstPaint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN;
  const blocking = performance.getEntriesByType('resource').filter(
    (one) =>
      // TypeScript does not know this member yet.
      (one as PerformanceResourceTiming & { renderBlockingStatus?: string }).renderBlockingStatus ===
      'blocking',
  );
  const requestsBeforeFirstPaint = 1 + blocking.length;
  return {
    firstPaint,
    largestPaint,
    placeShown,
    layoutShift: Math.round(layoutShift * 1_000) / 1_000,
    requestsBeforeFirstPaint,
  };
}

export function writeFigures(figures: Figures, file: string): void {
  const day = new Date().toISOString().slice(0, 10);
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 1024 ** 3)} GiB`;
  const ms = (value: number) => `${Math.round(value)} ms`;
  writeFileSync(
    file,
    `# Figures of the waiting page

How fast is the waiting page when somebody opens it for the first time, on a slow phone? Read this document before a
sale to people on mobile networks, and after a change of the page. To measure again and to write this file:
\`npm run pictures\`.

- Measured on ${day}: ${machine}; Chromium ${figures.browser}.
- The phone is emulated: a network with 1.6 Mbit/s and 150 ms for the way to the server and back, a processor four times
  slower than this machine's, 360 × 740 px.
- Each figure is the median of ${VISITS} visits. For the layout shift it is the worst visit.

| | | target |
|---|---|---|
| Largest contentful paint: the largest text or picture is visible | ${ms(figures.largestPaint)} | < 1,000 ms |
| First contentful paint: something is visible | ${ms(figures.firstPaint)} | |
| The shopper's own place is shown | ${ms(figures.placeShown)} | |
| Layout shift: how much moves while the page loads | ${figures.layoutShift} | 0 |
| Requests that block the first paint | ${figures.requestsBeforeFirstPaint} | 1 |
| Size of a first visit, with headers | ${(figures.bytes / 1_000).toFixed(1)} kB | 15 kB, without headers |
`,
  );
}
