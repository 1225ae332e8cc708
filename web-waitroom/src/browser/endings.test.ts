import { openLobby, openSale } from '@shopfast/sandbox/system/sale';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import en from '../i18n/waiting/en.ts';
import type { ViewKind } from '../waiting/view.ts';
import { violationsOf } from './axe.ts';
import { listenForComplaints } from './complaints.ts';
import { type OpenedSystem, openSharedSystem } from './shared-system.fixture.ts';

const LONG = { timeout: 120_000 };
const PHONE = { width: 360, height: 740 };
/** A page of 1,280 px at a zoom of 400 %. */
const ZOOMED = { width: 320, height: 256 };

let whole: OpenedSystem;
let { system, browser } = {} as OpenedSystem;
beforeAll(async () => {
  whole = await openSharedSystem();
  ({ system, browser } = whole);
}, 120_000);
afterAll(() => whole?.close(), 60_000);

/** Only the first is called. News arrives within a second. */
const SLOW = { admissions_per_minute: 1, max_active: 1, claim_seconds: 3_600 };
const QUICK = { poll_min_ms: 500, poll_max_ms: 1_000 };

const sale = (room: string, settings: object) => ({
  ...{ room, name: 'Launch day', productId: `${room}-sneaker`, units: 5 },
  settings: { ...SLOW, ...QUICK, ...settings },
});
async function openRoom(room: string, settings: object = {}): Promise<string> {
  await openSale(system, sale(room, settings));
  return `${system.urls.gateway}/w/${room}`;
}
const join = (room: string) => fetch(`${system.urls.gateway}/v1/rooms/${room}/tickets`, { method: 'POST' });

async function operator(method: string, path: string, body?: object): Promise<void> {
  const answer = await fetch(`${system.urls.gateway}/v1/admin/rooms${path}`, {
    method,
    headers: { authorization: `Bearer ${system.adminKey}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  expect(answer.ok, `${path}: ${answer.status}`).toBe(true);
}

type Visit = (page: Page, complaints: string[]) => Promise<void>;
async function visiting(visit: Visit, options: BrowserContextOptions = {}): Promise<void> {
  // No animations: axe must not judge half-faded text.
  const still = { locale: 'en-GB', viewport: PHONE, reducedMotion: 'reduce' } as const;
  const context = await browser.newContext({ ...still, ...options });
  try {
    const page = await context.newPage();
    await visit(page, listenForComplaints(page));
  } finally {
    await context.close();
  }
}

const sees = (page: Page, view: ViewKind) =>
  page.locator(`main[data-view=${view}]`).waitFor({ timeout: 30_000 });
const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const numberOn = (page: Page) =>
  page.locator('.facts div', { hasText: en['fact.number'] }).locator('dd').textContent();

/** The view is accessible: axe finds nothing, and nothing overflows, also at a zoom of 400 %. */
async function isForEverybody(page: Page, view: string): Promise<void> {
  expect(await violationsOf(page), view).toEqual([]);
  expect(await overflow(page), view).toBe(0);
  await page.setViewportSize(ZOOMED);
  expect(await overflow(page), `${view} at 400 %`).toBe(0);
  await page.setViewportSize(PHONE);
}

test(
  'a shopper in line sees pause and message, sold out, the revocation and the end; each view is accessible',
  LONG,
  async () => {
    const url = await openRoom('endings');
    await join('endings');
    await visiting(async (page, complaints) => {
      await page.goto(url);
      await sees(page, 'waiting');
      await isForEverybody(page, 'waiting');

      await operator('PATCH', '/endings', { message: 'Back in five minutes' });
      await operator('POST', '/endings/pause');
      await sees(page, 'paused');
      await page.getByText('Back in five minutes').waitFor();
      await isForEverybody(page, 'paused');

      await operator('POST', '/endings/resume');
      await sees(page, 'waiting');
      // A higher version than the workers' regular signals.
      await operator('PUT', '/endings/remaining', { remaining: 0, held: 0, sold: 5, version: 1e9 });
      await sees(page, 'sold_out');
      await isForEverybody(page, 'sold_out');

      await operator('POST', '/endings/close');
      await sees(page, 'closed');
      await isForEverybody(page, 'closed');
      expect(complaints).toEqual([]);
    });
  },
);

test('a missed turn ends the place; joining again gives a new one', LONG, async () => {
  const url = await openRoom('gone-by', { claim_seconds: 10 });
  await visiting(async (page) => {
    // The claim does not reach the gateway, and then the network is down until the turn is over.
    await page.route('**/tickets/me/claim', (route) => route.abort());
    await page.goto(url);
    await sees(page, 'called');
    await isForEverybody(page, 'called');
    await page.context().setOffline(true);
    const { request } = page.context();
    const status = async () =>
      (await request.get(`${system.urls.gateway}/v1/rooms/gone-by/tickets/me`)).status();
    await expect.poll(status, { timeout: 30_000, interval: 500 }).toBe(410);
    await page.unroute('**/tickets/me/claim');
    await page.context().setOffline(false);
    await sees(page, 'expired');
    await isForEverybody(page, 'expired');
    await join('gone-by');
    await press(page, en['again.join']);
    await sees(page, 'waiting');
  });
});

test('rooms that reject, are not open yet or do not exist show it', LONG, async () => {
  await visiting(async (page) => {
    await page.goto(await openRoom('rejecting', { queueing_method: 'reject' }));
    await sees(page, 'refused');
    await isForEverybody(page, 'refused');

    await operator('POST', '', { id: 'later', opens_at: new Date(Date.now() + 3_600_000).toISOString() });
    await page.goto(`${system.urls.gateway}/w/later`);
    await sees(page, 'not_open');
    await isForEverybody(page, 'not_open');

    await page.goto(`${system.urls.gateway}/w/nowhere`);
    await sees(page, 'unknown_room');
    await isForEverybody(page, 'unknown_room');
  });
});

test(
  'the lobby counts down to the opening and continues into the line, through refreshes and in two tabs',
  LONG,
  async () => {
    const opens_at = new Date(Date.now() + 3_600_000).toISOString();
    const lobby = await openLobby(system, sale('lobby', { opens_at }));
    await join('lobby');
    const url = `${system.urls.gateway}/w/lobby`;
    await visiting(async (page, complaints) => {
      await page.goto(url);
      await sees(page, 'lobby');
      await page.locator('[role=timer] strong', { hasText: /^59:\d\d$/ }).waitFor();
      await isForEverybody(page, 'lobby');
      await page.reload();
      await sees(page, 'lobby');
      const tab = await page.context().newPage();
      await tab.goto(url);
      await sees(tab, 'lobby');

      await lobby.open();
      await Promise.all([sees(page, 'waiting'), sees(tab, 'waiting')]);
      const number = await numberOn(page);
      expect(await numberOn(tab)).toBe(number);
      await page.reload();
      await sees(page, 'waiting');
      expect(await numberOn(page)).toBe(number);
      const waiting = await (await fetch(`${system.urls.gateway}/v1/rooms/lobby/status`)).json();
      expect((waiting as { waiting: number }).waiting).toBeLessThanOrEqual(2);
      expect(complaints).toEqual([]);
    });
  },
);

test(
  'the page shows that it is offline, keeps the place, and continues when the network is back',
  LONG,
  async () => {
    const url = await openRoom('offline');
    await join('offline');
    await visiting(async (page) => {
      await page.goto(url);
      await sees(page, 'waiting');
      const number = await numberOn(page);
      await page.context().setOffline(true);
      const trouble = page.locator('.trouble', { hasText: en['trouble.offline'] });
      await trouble.waitFor();
      expect(await violationsOf(page)).toEqual([]);
      await page.context().setOffline(false);
      await trouble.waitFor({ state: 'hidden' });
      await sees(page, 'waiting');
      expect(await numberOn(page)).toBe(number);
    });
  },
);

test('by keyboard only, a shopper leaves the line after a confirmation and joins again', LONG, async () => {
  const url = await openRoom('keyboard');
  await join('keyboard');
  await visiting(async (page) => {
    await page.goto(url);
    await sees(page, 'waiting');
    const tabTo = async (name: string) => {
      for (let presses = 0; presses < 20; presses += 1) {
        await page.keyboard.press('Tab');
        const focused = page.locator(':focus');
        if ((await focused.count()) > 0 && (await focused.textContent()) === name) {
          expect(await focused.evaluate((element) => getComputedStyle(element).outlineStyle)).not.toBe(
            'none',
          );
          return page.keyboard.press('Enter');
        }
      }
      throw new Error(`"${name}" is not reached by Tab`);
    };
    await tabTo(en['leave.open']);
    await page.getByRole('dialog').waitFor();
    await tabTo(en['leave.confirm']);
    await sees(page, 'left');
    await isForEverybody(page, 'left');
    await tabTo(en['again.join']);
    await sees(page, 'waiting');
  });
});

test('touch targets are at least 24 px in size, and nothing moves with reduced motion', LONG, async () => {
  const url = await openRoom('targets');
  await join('targets');
  await visiting(async (page) => {
    await page.goto(url);
    await sees(page, 'waiting');
    const small = await page.locator('a:visible, button:visible, summary:visible').evaluateAll((all) =>
      all.flatMap((one) => {
        const { width, height } = one.getBoundingClientRect();
        return width < 24 || height < 24 ? [`${one.textContent}: ${width} × ${height}`] : [];
      }),
    );
    expect(small).toEqual([]);
    const moving = await page.evaluate(
      () => document.getAnimations().filter(({ playState }) => playState === 'running').length,
    );
    expect(moving).toBe(0);
  });
});

test(
  'without JavaScript a shopper joins with a button, sees the place, is called, and a form leads to the shop',
  LONG,
  async () => {
    const url = await openRoom('scriptless', { admissions_per_minute: 600 });
    await visiting(
      async (page, complaints) => {
        await page.goto(url);
        await page.waitForURL(/\?plain/);
        const heading = (name: string) => page.getByRole('heading', { name, level: 1 });
        await heading('Launch day').waitFor();
        expect(await overflow(page)).toBe(0);
        await page.getByRole('button', { name: en['email.go'] }).click();
        await heading(en['called.title']).waitFor({ timeout: 30_000 });
        expect(await overflow(page)).toBe(0);
        await page.getByRole('button', { name: en['called.go'] }).click();
        await page.waitForURL(/\/shop.*#reservation_token=ey/, { timeout: 30_000 });
        expect(complaints).toEqual([]);
      },
      { javaScriptEnabled: false },
    );
  },
);

test(
  'in Arabic, also without JavaScript, the page is written from right to left, and nothing overflows',
  LONG,
  async () => {
    const url = await openRoom('arabic');
    await join('arabic');
    for (const javaScriptEnabled of [true, false])
      await visiting(
        async (page) => {
          await page.goto(url);
          await page.locator('html[lang=ar][dir=rtl]').waitFor();
          if (javaScriptEnabled) await sees(page, 'waiting');
          else await page.waitForURL(/\?plain/);
          expect(await overflow(page)).toBe(0);
        },
        { locale: 'ar', javaScriptEnabled },
      );
  },
);
