import { setTimeout as wait } from 'node:timers/promises';
import { loadCatalogue } from '@shopfast/kit/i18n/catalogues';
import { openLobby, openSale } from '@shopfast/sandbox/system/sale';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { buy, fillIn, openProduct, waitForTurn, watchOrder } from '../browser/journey.ts';
import type { WholeSystem } from '../browser/whole-system.fixture.ts';

const en = loadCatalogue('waiting', 'en');

const PHONE = { viewport: { width: 390, height: 780 }, deviceScaleFactor: 2 };
const DESK = { viewport: { width: 1_280, height: 860 } };
/** Long enough for one minute of the charts. */
const WATCHED_MS = 70_000;

const SALE = { name: 'Launch day', units: 50 };
const QUICK = { poll_min_ms: 500, poll_max_ms: 1_000 };
/** The first is called; everybody else waits. */
const SLOW = { ...QUICK, admissions_per_minute: 1, max_active: 1, claim_seconds: 3_600 };

/** Visits the pages as shoppers and operators do, and saves a picture of each into `folder`. */
export async function takePictures(
  { system, browser }: WholeSystem,
  folder: string,
  say: (line: string) => void,
): Promise<void> {
  const { gateway } = system.urls;
  const at = (room: string) => `${gateway}/w/${room}`;

  async function visiting(options: BrowserContextOptions, visit: (page: Page) => Promise<void>) {
    const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', ...options });
    try {
      await visit(await context.newPage());
    } finally {
      await context.close();
    }
  }
  async function take(page: Page, name: string) {
    await page.screenshot({ path: `${folder}/${name}.png` });
    say(`${name}.png`);
  }
  const sees = (page: Page, view: string) =>
    page.locator(`main[data-view=${view}]`).waitFor({ timeout: 60_000 });
  const join = (room: string, count: number) =>
    Promise.all(
      Array.from({ length: count }, () => fetch(`${gateway}/v1/rooms/${room}/tickets`, { method: 'POST' })),
    );
  async function operator(method: string, path: string, body?: object) {
    const answer = await fetch(`${gateway}/v1/admin/rooms${path}`, {
      method,
      headers: { authorization: `Bearer ${system.adminKey}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  }

  // Every place shows its estimated wait, so most of the line joins before the shoppers of the pictures.
  const settings = { ...QUICK, admissions_per_minute: 60, max_active: 200, claim_seconds: 600 };
  await openSale(system, { ...SALE, room: 'sale', productId: 'boot', settings });
  await join('sale', 400);
  for (const [name, options] of [
    ['waiting', PHONE],
    ['waiting-dark', { ...PHONE, colorScheme: 'dark' }],
    ['waiting-arabic', { ...PHONE, locale: 'ar' }],
    ['without-javascript', { ...PHONE, javaScriptEnabled: false }],
  ] as const)
    await visiting(options, async (page) => {
      await page.goto(at('sale'));
      if (name === 'without-javascript') await page.waitForURL(/\?plain/);
      else await sees(page, 'waiting');
      await wait(1_500);
      await take(page, name);
    });

  const opens_at = new Date(Date.now() + 754_000).toISOString();
  await openLobby(system, {
    ...{ ...SALE, room: 'lobby', productId: 'lobby-boot' },
    settings: { ...SLOW, opens_at, queueing_method: 'lottery' },
  });
  await visiting(PHONE, async (page) => {
    await page.goto(at('lobby'));
    await sees(page, 'lobby');
    await take(page, 'lobby');
  });

  await openSale(system, {
    ...SALE,
    room: 'turn',
    productId: 'turn-boot',
    settings: { ...SLOW, claim_seconds: 120 },
  });
  await visiting(PHONE, async (page) => {
    await page.route('**/tickets/me/claim', (route) => route.abort());
    await page.goto(at('turn'));
    await sees(page, 'called');
    await page.getByText(en['called.title']).first().waitFor();
    await take(page, 'your-turn');
  });
  await visiting(PHONE, async (page) => {
    await page.goto(at('turn'));
    await sees(page, 'waiting');
    await operator('PUT', '/turn/remaining', { remaining: 0, held: 0, sold: 50, version: 1e9 });
    await sees(page, 'sold_out');
    await take(page, 'sold-out');
  });

  const launch = { ...QUICK, admissions_per_minute: 600, max_active: 500 };
  await openSale(system, { ...SALE, room: 'launch', productId: 'sneaker', settings: launch });
  await visiting(DESK, async (page) => {
    await waitForTurn(page, at('launch'), 60_000);
    await openProduct(page);
    await fillIn(page, { email: 'ann@example.com', card: 'pm_card_visa', quantity: 1 });
    await take(page, 'shop');
    await buy(page, 60_000);
    await watchOrder(page, 60_000);
    await take(page, 'order-paid');
  });

  await join('launch', 900);
  await operator('PATCH', '/launch', { admissions_per_minute: 120 });
  say('running the dashboard for a minute');
  await wait(WATCHED_MS);
  for (const colorScheme of ['light', 'dark'] as const)
    await visiting({ ...DESK, colorScheme }, async (page) => {
      await page.addInitScript((key) => sessionStorage.setItem('admin_key', key), system.adminKey);
      await page.goto(`${gateway}/admin/rooms/launch`);
      await page.locator('.freshness[data-freshness=live]').waitFor({ timeout: 20_000 });
      await wait(2_000);
      await take(page, colorScheme === 'light' ? 'dashboard' : 'dashboard-dark');
    });
}
