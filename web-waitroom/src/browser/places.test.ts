import { openSale } from '@shopfast/sandbox/system/sale';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import notifications from '../i18n/notifications/en.ts';
import waiting from '../i18n/waiting/en.ts';
import { type OpenedSystem, openSharedSystem } from './shared-system.fixture.ts';

let shared: OpenedSystem;
let { system, browser } = {} as OpenedSystem;
beforeAll(async () => {
  shared = await openSharedSystem();
  ({ system, browser } = shared);
});
afterAll(() => shared?.close());

/** A room in which the first is called and everybody else waits. */
async function openRoom(room: string, settings: object = {}): Promise<string> {
  await openSale(system, {
    room,
    name: 'Launch day',
    productId: `${room}-sneaker`,
    units: 5,
    settings: { admissions_per_minute: 1, max_active: 1, claim_seconds: 3_600, ...settings },
  });
  return `${system.urls.gateway}/w/${room}`;
}
const join = (room: string, body: object = {}) =>
  fetch(`${system.urls.gateway}/v1/rooms/${room}/tickets`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const number = (page: Page) =>
  page.locator('.facts div', { hasText: waiting['fact.number'] }).locator('dd').textContent();
const inLine = (page: Page) => page.locator('main[data-view=waiting]').waitFor({ timeout: 30_000 });

async function inTwoBrowsers(visit: (one: Page, other: Page) => Promise<void>): Promise<void> {
  const contexts = await Promise.all([1, 2].map(() => browser.newContext({ locale: 'en-GB' })));
  try {
    const [one, other] = await Promise.all(contexts.map((context) => context.newPage()));
    await visit(one as Page, other as Page);
  } finally {
    for (const context of contexts) await context.close();
  }
}

async function copyLink(page: Page): Promise<string> {
  await page.getByRole('button', { name: waiting['notifications.open'] }).click();
  const link = await page.getByLabel(notifications['move.label']).inputValue();
  await page.getByRole('button', { name: notifications['panel.close'] }).click();
  return link;
}

test('a link moves the place to another browser; the address loses the ticket at once, and a refresh keeps the place', {
  timeout: 90_000,
}, async () => {
  const url = await openRoom('moving');
  await join('moving');
  await inTwoBrowsers(async (one, other) => {
    await one.goto(url);
    await inLine(one);
    expect(await number(one)).toBe('2');
    const link = await copyLink(one);
    expect(link).toMatch(/#resume=tkt_moving\./);
    await join('moving');

    const sent: string[] = [];
    other.on('request', (request) => void sent.push(request.url()));
    await other.goto(link);
    expect(other.url()).toBe(url);
    await inLine(other);
    expect(await number(other)).toBe('2');
    expect(sent.filter((address) => address.includes('tkt_') && !address.includes('#'))).toEqual([]);
    expect(await other.evaluate(() => JSON.stringify([sessionStorage, localStorage]))).not.toContain('tkt_');
    await other.reload();
    await inLine(other);
    expect(await number(other)).toBe('2');
  });
});

test('a link to a place farther back does not replace the own one', { timeout: 90_000 }, async () => {
  const url = await openRoom('nearer');
  await join('nearer');
  await inTwoBrowsers(async (one, other) => {
    await one.goto(url);
    await inLine(one);
    await other.goto(url);
    await inLine(other);
    const link = await copyLink(other);
    await one.goto('about:blank');
    await one.goto(link);
    await inLine(one);
    expect(await number(one)).toBe('2');
  });
});

test('a room with one place per address asks for it, gives a place, and answers a second browser alike; its resume link leads to the first place', {
  timeout: 90_000,
}, async () => {
  const url = await openRoom('by-email', { one_place_per: 'email' });
  await join('by-email', { email: 'first@example.com' });
  await inTwoBrowsers(async (one, other) => {
    const give = async (page: Page, email: string) => {
      await page.goto(url);
      await page.getByLabel(waiting['email.label']).fill(email);
      await page.getByLabel(waiting['email.label']).press('Enter');
    };
    await give(one, 'ann@example.com');
    await inLine(one);
    await one.reload();
    await inLine(one);
    expect(await number(one)).toBe('2');

    await give(other, 'Ann+again@example.com');
    await inLine(other);
    expect(await number(other)).toBe('3');
    await other.goto('about:blank');
    await other.goto(await copyLink(one));
    await inLine(other);
    expect(await number(other)).toBe('2');
  });
});
