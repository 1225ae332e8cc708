import { connectDb } from '@shopfast/db/client';
import { recordDeadLetter } from '@shopfast/db/dead-letters';
import { loadCatalogue } from '@shopfast/kit/i18n/catalogues';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { createLog } from '@shopfast/kit/log';
import { openSale } from '@shopfast/sandbox/system/sale';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violationsOf } from './axe.ts';
import { listenForComplaints } from './complaints.ts';
import { openWholeSystem, type WholeSystem } from './whole-system.fixture.ts';

const admin = loadCatalogue('admin', 'en');
const waiting = loadCatalogue('waiting', 'en');

const ROOM = 'launch';
/** Everybody waits long and gets news within a second. */
const SETTINGS = {
  ...{ admissions_per_minute: 60, max_active: 10_000, claim_seconds: 3_600 },
  ...{ poll_min_ms: 500, poll_max_ms: 1_000 },
};
const LONG = { timeout: 120_000 };

let whole: WholeSystem;
let { system, browser } = {} as WholeSystem;
beforeAll(async () => {
  whole = await openWholeSystem();
  ({ system, browser } = whole);
  await openSale(system, {
    room: ROOM,
    name: 'Launch day',
    productId: 'sneaker',
    units: 5_000,
    settings: SETTINGS,
  });
  await join(600);
}, 120_000);
afterAll(() => whole?.close(), 60_000);

async function join(count: number): Promise<void> {
  const one = () => fetch(`${system.urls.gateway}/v1/rooms/${ROOM}/tickets`, { method: 'POST' });
  await Promise.all(Array.from({ length: count }, one));
}

async function call(method: string, path: string, body?: object) {
  const answer = await fetch(`${system.urls.gateway}/v1/admin${path}`, {
    method,
    headers: { authorization: `Bearer ${system.adminKey}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  expect(answer.ok).toBe(true);
  return (await answer.json()) as Record<string, unknown>;
}
const rate = async () => (await call('GET', `/rooms/${ROOM}`)).admissions_per_minute;
const roomState = async () => (await call('GET', `/rooms/${ROOM}`)).state;

async function inDashboard(
  path: string,
  key: string | null,
  visit: (page: Page, complaints: string[]) => Promise<void>,
  options: BrowserContextOptions = {},
): Promise<void> {
  const context = await browser.newContext({ locale: 'en-GB', ...options });
  try {
    const page = await context.newPage();
    const complaints = listenForComplaints(page);
    if (key) await page.addInitScript((secret) => sessionStorage.setItem('admin_key', secret), key);
    await page.goto(`${system.urls.gateway}${path}`);
    await visit(page, complaints);
  } finally {
    await context.close();
  }
}
const figure = (page: Page, name: string) => page.locator(`[data-figure=${name}] strong`);
const numberOf = async (page: Page, name: string) =>
  Number((await figure(page, name).textContent())?.replaceAll(',', ''));
const isLive = (page: Page) => page.locator('.freshness[data-freshness=live]').waitFor({ timeout: 20_000 });
const rateField = (page: Page) => page.getByRole('spinbutton', { name: admin['rate.rate'] });
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

test(
  'an operator signs in with a key, which stays out of every address, and sees the room live',
  LONG,
  async () => {
    await inDashboard('/admin', null, async (page, complaints) => {
      const asked: string[] = [];
      page.on('request', (request) => void asked.push(request.url()));
      const key = page.getByLabel(admin['sign_in.key']);
      await key.fill('adm_made-up-key-of-somebody');
      await key.press('Enter');
      await page.getByRole('alert').getByText(admin['sign_in.refused']).waitFor();
      // The browser complains about the refused key.
      expect(complaints.splice(0)).toHaveLength(1);
      await key.fill(system.adminKey);
      await key.press('Enter');

      await page.getByRole('link', { name: 'Launch day' }).click();
      await isLive(page);
      const before = await numberOf(page, 'waiting');
      expect(before).toBeGreaterThan(100);
      await join(50);
      await expect.poll(() => numberOf(page, 'waiting'), { timeout: 3_000 }).toBeGreaterThan(before + 20);

      await page.reload();
      await isLive(page);
      expect(asked.filter((url) => url.includes('adm_'))).toEqual([]);
      expect(complaints).toEqual([]);
    });
  },
);

test(
  'a rate shows its effect, is applied and undone, and a waiting page’s estimate follows within 5 s',
  LONG,
  async () => {
    await inDashboard(`/w/${ROOM}`, null, async (shopper) => {
      const eta = shopper.locator('.facts div', { hasText: waiting['fact.eta'] }).locator('dd');
      await expect.poll(() => eta.textContent(), { timeout: 30_000 }).toMatch(/minutes/);
      const told = await eta.textContent();
      await inDashboard(`/admin/rooms/${ROOM}`, system.adminKey, async (page) => {
        await isLive(page);
        await rateField(page).fill('600');
        await page.getByText(/At 600 per minute, everybody who waits now is called by/).waitFor();
        await page.getByText(/sooner than with the current settings/).waitFor();
        expect(await rate()).toBe(60);

        await press(page, admin['rate.apply']);
        await expect.poll(rate, { timeout: 5_000 }).toBe(600);
        await expect.poll(() => eta.textContent(), { timeout: 5_000 }).not.toBe(told);
        await press(page, admin['notice.undo']);
        await expect.poll(rate, { timeout: 5_000 }).toBe(60);
      });
    });
  },
);

test('a concurrent change of the rate is not overwritten, and reported', LONG, async () => {
  await inDashboard(`/admin/rooms/${ROOM}`, system.adminKey, async (page) => {
    await isLive(page);
    await rateField(page).fill('77');
    // The form was opened at this version; the other operator's change happens before the save.
    await page.route('**/v1/admin/rooms/*', async (route) => {
      if (route.request().method() === 'PATCH')
        await call('PATCH', `/rooms/${ROOM}`, { admissions_per_minute: 61 });
      await route.continue();
    });
    await press(page, admin['rate.apply']);
    await page.locator('[data-code=edit_conflict]').waitFor();
    expect(await rate()).toBe(61);
  });
  await call('PATCH', `/rooms/${ROOM}`, { admissions_per_minute: 60 });
});

test('a pause names the affected people first, and can be undone', LONG, async () => {
  await inDashboard(`/admin/rooms/${ROOM}`, system.adminKey, async (page) => {
    await isLive(page);
    await page.locator('[data-step=pause]').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/\d people are waiting\./).waitFor();
    await dialog.getByText(admin['consequence.pause']).waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(await roomState()).toBe('open');

    await page.locator('[data-step=pause]').click();
    await dialog.getByRole('button', { name: admin['step.pause'] }).click();
    await page.locator('.state[data-state=paused]').waitFor();
    expect(await roomState()).toBe('paused');
    await press(page, admin['notice.undo']);
    await page.locator('.state[data-state=open]').waitFor();
    expect(await roomState()).toBe('open');
  });
});

test('stale figures are marked, and become live again by themselves', LONG, async () => {
  await inDashboard(`/admin/rooms/${ROOM}`, system.adminKey, async (page) => {
    await isLive(page);
    system.processes.gateway.kill('SIGSTOP');
    try {
      await page.locator('.freshness[data-freshness=stale]').waitFor({ timeout: 30_000 });
      await page.getByRole('alert').getByText(admin['fresh.stale']).waitFor();
      expect(await violationsOf(page)).toEqual([]);
    } finally {
      system.processes.gateway.kill('SIGCONT');
    }
    await isLive(page);
    await page.getByText(admin['fresh.stale']).waitFor({ state: 'detached' });
  });
});

test(
  'a viewer sees the figures but no controls, and a kind message about the missing role',
  LONG,
  async () => {
    const { key } = await call('POST', '/keys', { name: 'Vera', role: 'viewer' });
    await inDashboard(`/admin/rooms/${ROOM}`, key as string, async (page) => {
      await isLive(page);
      expect(await numberOf(page, 'waiting')).toBeGreaterThan(100);
      expect(await page.locator('main').getByRole('button').count()).toBe(0);
      expect(await page.locator('main').getByRole('textbox').count()).toBe(0);
      expect(await page.getByRole('link', { name: admin['nav.keys'] }).count()).toBe(0);
      await page.getByRole('link', { name: admin['room.view_settings'] }).click();
      expect(await page.getByLabel(admin['setting.claim_seconds']).isDisabled()).toBe(true);

      await page.goto(`${system.urls.gateway}/admin/keys`);
      await page.getByText(admin['problem.role']).waitFor();
      await page.getByText('Yours (Vera) has the role viewer.').waitFor();
      expect(await violationsOf(page)).toEqual([]);
    });
  },
);

test('a dead letter is resent once, and the audit log names who did it', LONG, async () => {
  await leaveDeadLetter();
  await inDashboard('/admin/jobs', system.adminKey, async (page, complaints) => {
    await page.locator('[data-letter]').getByRole('button').click();
    await page.getByRole('dialog').getByRole('button', { name: admin['letters.send'] }).click();
    await page.getByText(admin['letters.sent']).waitFor();
    await page.getByText(admin['letters.none']).waitFor();
    await page.getByRole('link', { name: admin['nav.audit'] }).click();
    await page.locator('[data-action="dead_letter.resend"]').first().waitFor();
    expect(complaints).toEqual([]);
  });
});

// Light colours and Arabic: see admin-states.test.ts.
test('in dark colours no page violates axe rules or the policy, logs to the console or overflows a phone', {
  timeout: 240_000,
}, async () => {
  const colorScheme = 'dark';
  await inDashboard(
    '/admin',
    null,
    async (page) => {
      await page.getByLabel(admin['sign_in.key']).waitFor();
      expect(await violationsOf(page)).toEqual([]);
    },
    { colorScheme },
  );
  await inDashboard(
    '/admin',
    system.adminKey,
    async (page, complaints) => {
      for (const [path, sign] of PAGES) {
        await page.goto(`${system.urls.gateway}${path}`);
        await page.locator(sign).first().waitFor({ timeout: 20_000 });
        expect({ path, found: await violationsOf(page) }).toEqual({ path, found: [] });
        const surplus = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect({ path, surplus }).toEqual({ path, surplus: 0 });
      }
      await page.goto(`${system.urls.gateway}/admin/rooms/${ROOM}`);
      await page.locator('[data-step=close]').click();
      await page.getByRole('dialog').waitFor();
      expect(await violationsOf(page)).toEqual([]);
      expect(complaints).toEqual([]);
    },
    { colorScheme, viewport: { width: 360, height: 740 } },
  );
});

/** Each page, and an element that shows when it is filled. */
const PAGES = [
  ['/admin', '[data-room]'],
  ['/admin/rooms', 'form'],
  [`/admin/rooms/${ROOM}`, '.uplot canvas'],
  [`/admin/rooms/${ROOM}/settings`, 'form'],
  [`/admin/rooms/${ROOM}/codes`, 'form'],
  ['/admin/products', '[data-product]'],
  ['/admin/jobs', '[data-queue]'],
  ['/admin/keys', 'tbody tr'],
  ['/admin/audit', '[data-action]'],
  ['/admin/nowhere', '[data-page=not_found]'],
] as const;

async function leaveDeadLetter(): Promise<void> {
  const lifecycle = createLifecycle();
  try {
    const { sql } = connectDb(system.databaseUrl, {
      name: 'test',
      max: 1,
      lifecycle,
      log: createLog('test', 'silent'),
    });
    await recordDeadLetter(sql, {
      ...{ queue: 'slots', name: 'slots.settle', job_id: 'left-by-a-test', payload: { room: ROOM } },
      ...{ error: 'the gateway was unavailable', attempts: 300, failed_at: new Date() },
    });
  } finally {
    await lifecycle.close();
  }
}
