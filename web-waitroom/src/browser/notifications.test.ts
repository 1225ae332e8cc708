import { openSale } from '@shopfast/sandbox/system/sale';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import words from '../i18n/notifications/en.ts';
import waiting from '../i18n/waiting/en.ts';
import { violationsOf } from './axe.ts';
import { listenForComplaints } from './complaints.ts';
import { type OpenedSystem, openSharedSystem } from './shared-system.fixture.ts';

const PHONE = { width: 360, height: 740 };

let whole: OpenedSystem;
let { system, browser } = {} as OpenedSystem;
beforeAll(async () => {
  whole = await openSharedSystem();
  ({ system, browser } = whole);
}, 120_000);
afterAll(() => whole?.close(), 60_000);

/** The first is called and stays; everybody else waits. */
async function openRoom(room: string): Promise<string> {
  const settings = { admissions_per_minute: 60, max_active: 1, claim_seconds: 3_600, poll_min_ms: 500 };
  await openSale(system, { room, name: 'Launch day', productId: `${room}-sneaker`, units: 5, settings });
  await fetch(`${system.urls.gateway}/v1/rooms/${room}/tickets`, { method: 'POST' });
  return `${system.urls.gateway}/w/${room}`;
}

async function visiting(url: string, visit: (page: Page, complaints: string[]) => Promise<void>) {
  const context = await browser.newContext({ locale: 'en-GB', viewport: PHONE, reducedMotion: 'reduce' });
  try {
    await context.grantPermissions(['notifications'], { origin: system.urls.gateway });
    const page = await context.newPage();
    const complaints = listenForComplaints(page);
    await page.addInitScript(noteAlerts);
    await page.goto(url);
    await page.locator('main[data-view=waiting]').waitFor({ timeout: 30_000 });
    await visit(page, complaints);
  } finally {
    await context.close();
  }
}

type Told = { tones: number; notifications: string[] };

/** Runs in the browser: records sounds and notifications, and lets them happen. */
function noteAlerts(): void {
  const told: Told = { tones: 0, notifications: [] };
  const { start } = OscillatorNode.prototype;
  OscillatorNode.prototype.start = function (when) {
    told.tones += 1;
    start.call(this, when);
  };
  const Shown = Notification;
  class Noted extends Shown {
    constructor(title: string, options?: NotificationOptions) {
      super(title, options);
      told.notifications.push(title);
    }
  }
  Object.assign(globalThis, { told, Notification: Noted });
}

const toldOn = (page: Page) => page.evaluate(() => (globalThis as unknown as { told: Told }).told);
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const open = async (page: Page) => {
  await press(page, waiting['notifications.open']);
  await page.getByRole('dialog', { name: words['panel.title'] }).waitFor();
};
const alert = (page: Page, name: string) => page.getByRole('switch', { name });
/** The browser's permission check takes a moment, so this waits for the switch. */
const isSwitched = (page: Page, name: string, isOn: boolean) =>
  expect.poll(() => alert(page, name).getAttribute('aria-checked')).toBe(String(isOn));

test('the turn plays a sound and shows a notification if the shopper chose them, also after a refresh', {
  timeout: 120_000,
}, async () => {
  const url = await openRoom('told');
  await visiting(url, async (page, complaints) => {
    // Without the claim the page stays; otherwise it would leave for the shop at once.
    await page.route('**/tickets/me/claim', (route) => route.abort());
    await open(page);
    expect(await violationsOf(page)).toEqual([]);
    await alert(page, words['alert.sound']).click();
    await alert(page, words['alert.notification']).click();
    await isSwitched(page, words['alert.notification'], true);
    const whenChosen = await toldOn(page);
    expect(whenChosen).toEqual({ tones: 4, notifications: [] });

    await page.reload();
    await page.locator('main[data-view=waiting]').waitFor({ timeout: 30_000 });
    await open(page);
    await isSwitched(page, words['alert.sound'], true);
    await press(page, words['panel.close']);

    await fetch(`${system.urls.gateway}/v1/admin/rooms/told`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${system.adminKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ max_active: 5 }),
    });
    await page.locator('main[data-view=called]').waitFor({ timeout: 30_000 });
    await expect
      .poll(() => toldOn(page), { timeout: 10_000 })
      .toEqual({ tones: 4, notifications: [`${waiting['called.title']} · Launch day`] });
    expect(complaints.filter((one) => !one.includes('ERR_FAILED'))).toEqual([]);
  });
});

test('without a choice there are no alerts, and alerts that were switched off stay silent', {
  timeout: 120_000,
}, async () => {
  const url = await openRoom('silent');
  await visiting(url, async (page) => {
    await page.route('**/tickets/me/claim', (route) => route.abort());
    await open(page);
    await alert(page, words['alert.notification']).click();
    await isSwitched(page, words['alert.notification'], true);
    await alert(page, words['alert.notification']).click();
    await isSwitched(page, words['alert.notification'], false);
    await press(page, words['panel.close']);
    await fetch(`${system.urls.gateway}/v1/admin/rooms/silent`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${system.adminKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ max_active: 5 }),
    });
    await page.getByText(waiting['called.title']).first().waitFor({ timeout: 30_000 });
    expect(await toldOn(page)).toEqual({ tones: 0, notifications: [] });
  });
});

test('a turn reminder can be requested on the page, and its link leads back to the place', {
  timeout: 120_000,
}, async () => {
  const url = await openRoom('mailed');
  await visiting(url, async (page, complaints) => {
    await open(page);
    await page.getByLabel(words['mail.label']).fill('near@example.com');
    await press(page, words['mail.send']);
    await page.getByText('near@example.com').waitFor({ timeout: 10_000 });
    expect(await violationsOf(page)).toEqual([]);
    const mails = async () => {
      const answer = await fetch(`${system.urls.inbox}/api/messages?to=near%40example.com`);
      return ((await answer.json()) as { messages: unknown[] }).messages;
    };
    await expect.poll(mails, { timeout: 20_000 }).toHaveLength(1);
    expect(complaints).toEqual([]);
  });
});

test('if the panel cannot be loaded the page says so, and the next try opens it', {
  timeout: 120_000,
}, async () => {
  const url = await openRoom('unloaded');
  await visiting(url, async (page) => {
    await page.route('**/assets/panel-*.js', (route) => route.abort(), { times: 1 });
    await press(page, waiting['notifications.open']);
    await page.getByText(waiting['trouble.leaving']).first().waitFor();
    await open(page);
  });
});
