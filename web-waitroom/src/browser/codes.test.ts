import { openSale } from '@shopfast/sandbox/system/sale';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import waiting from '../i18n/waiting/en.ts';
import { type OpenedSystem, openSharedSystem } from './shared-system.fixture.ts';

let whole: OpenedSystem;
let { system, browser } = {} as OpenedSystem;
beforeAll(async () => {
  whole = await openSharedSystem();
  ({ system, browser } = whole);
}, 120_000);
afterAll(() => whole?.close(), 60_000);

/** A room that calls only its first shopper, so that places can be inspected. @returns its address */
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

async function codeFor(room: string, kind: 'invite' | 'priority'): Promise<string> {
  const answer = await fetch(`${system.urls.gateway}/v1/admin/rooms/${room}/codes`, {
    method: 'POST',
    headers: { authorization: `Bearer ${system.adminKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ kind, count: 1, uses: 1 }),
  });
  const { codes } = (await answer.json()) as { codes: string[] };
  return codes[0] as string;
}

const join = (room: string) => fetch(`${system.urls.gateway}/v1/rooms/${room}/tickets`, { method: 'POST' });
const number = (page: Page) =>
  page.locator('.facts div', { hasText: waiting['fact.number'] }).locator('dd').textContent();
const hasPlace = (page: Page) =>
  page.locator('main:is([data-view=waiting], [data-view=called])').waitFor({ timeout: 30_000 });

async function inNewPage<T>(visit: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ locale: 'en-GB' });
  try {
    return await visit(await context.newPage());
  } finally {
    await context.close();
  }
}

test('a link with a priority code gives a place in the short line, and the address loses the code', {
  timeout: 90_000,
}, async () => {
  const url = await openRoom('guests');
  for (let place = 0; place < 4; place++) await join('guests');
  const code = await codeFor('guests', 'priority');
  await inNewPage(async (page) => {
    const sent: string[] = [];
    page.on('request', (request) => void sent.push(request.url()));
    await page.goto('about:blank');
    await page.goto(`${url}?return=%2Fshop&code=${encodeURIComponent(code)}`);
    await hasPlace(page);
    expect(page.url()).toBe(`${url}?return=%2Fshop`);
    expect(await number(page)).toBe('1');
    expect(sent.filter((address) => address.includes('code='))).toHaveLength(1);
    expect(await page.evaluate(() => JSON.stringify([sessionStorage, localStorage]))).not.toContain('pri_');
    await page.goBack();
    await page.goForward();
    expect(page.url()).toBe(`${url}?return=%2Fshop`);
    await hasPlace(page);
    expect(await number(page)).toBe('1');
  });
});

test('an invite-only room asks for the code, refuses a wrong one without emptying the field, and accepts the right one', {
  timeout: 90_000,
}, async () => {
  const url = await openRoom('invited', { invite_only: true });
  const code = await codeFor('invited', 'invite');
  await inNewPage(async (page) => {
    await page.goto(url);
    await page.getByText(waiting['code.needed']).first().waitFor();
    const field = page.getByLabel(waiting['code.label'], { exact: true });
    await field.fill(
      code.replace(/\.([^.])([^.]*)$/, (_, first, rest) => `.${first === 'A' ? 'B' : 'A'}${rest}`),
    );
    await field.press('Enter');
    await page.locator('.fault', { hasText: waiting['code.refused'] }).waitFor();
    expect(await field.inputValue()).toContain('inv_invited');
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    // Nobody gets in without a code.
    expect(await page.getByRole('button', { name: waiting['code.without'] }).count()).toBe(0);

    await field.fill(` ${code} `);
    await field.press('Enter');
    await hasPlace(page);
    await page.reload();
    await hasPlace(page);
  });
});

test('a used-up code is refused, and the shopper can join without it', {
  timeout: 90_000,
}, async () => {
  const url = await openRoom('used-up');
  await join('used-up');
  const link = `${url}?code=${encodeURIComponent(await codeFor('used-up', 'priority'))}`;
  await inNewPage(async (page) => {
    await page.goto(link);
    await hasPlace(page);
  });
  await inNewPage(async (page) => {
    await page.goto(link);
    await page.locator('.fault', { hasText: waiting['code.refused'] }).waitFor();
    expect(page.url()).toBe(url);
    await page.getByRole('button', { name: waiting['code.without'] }).click();
    await hasPlace(page);
    expect(await number(page)).toBe('2');
  });
});
