import { openSale } from '@shopfast/sandbox/system/sale';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import shop from '../i18n/shop/en.ts';
import { buy, fillIn, openProduct, waitForTurn, watchOrder } from './journey.ts';
import { type OpenedSystem, openSharedSystem } from './shared-system.fixture.ts';

const EMAIL = 'ann@example.com';
const PASSWORD = 'a long enough password';
const SOON = 60_000;

let whole: OpenedSystem;
beforeAll(async () => {
  whole = await openSharedSystem();
}, 120_000);
afterAll(() => whole?.close(), 60_000);

/** The link of the mail with this subject, from the inbox. */
async function linkIn(subject: string): Promise<string> {
  const find = async () => {
    const answer = await fetch(`${whole.system.urls.inbox}/api/messages?to=${encodeURIComponent(EMAIL)}`);
    const { messages } = (await answer.json()) as { messages: { subject: string; text: string }[] };
    return messages.find((mail) => mail.subject === subject)?.text.match(/https?:\S+/)?.[0] ?? '';
  };
  await expect.poll(find, { timeout: SOON }).not.toBe('');
  return find();
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const heading = (page: Page, name: string) =>
  page.getByRole('heading', { name, exact: true }).waitFor({ timeout: SOON });

test('a shopper creates an account, verifies it by mail, buys, finds the order there, signs out and deletes the account', {
  timeout: 240_000,
}, async () => {
  const { system, browser } = whole;
  await openSale(system, {
    room: 'accounts',
    name: 'Launch day',
    productId: 'accounts-sneaker',
    units: 5,
    settings: { admissions_per_minute: 600, poll_min_ms: 500 },
  });
  const context = await browser.newContext({ locale: 'en-GB' });
  try {
    const page = await context.newPage();
    await page.goto(`${system.urls.gateway}/shop/account/sign-up`);
    await page.getByLabel(shop['account.name']).fill('Ann');
    await page.getByLabel(shop['form.email']).fill(EMAIL);
    await page.getByLabel(shop['account.password']).fill(PASSWORD);
    await press(page, shop['account.sign_up']);
    await heading(page, shop['account.mailed']);

    await page.goto(await linkIn('Please confirm your e-mail address'));
    expect(page.url()).not.toContain('acc_');
    await page.getByLabel(shop['account.password']).fill(PASSWORD);
    await press(page, shop['account.verify']);
    await heading(page, shop['account.title']);
    await page.getByText(shop['account.no_orders']).waitFor();
    expect(await page.evaluate(() => document.cookie)).toBe('');

    // The order is sent to another's address but belongs to Ann, because she was signed in.
    await waitForTurn(page, `${system.urls.gateway}/w/accounts`, SOON);
    await openProduct(page);
    expect(await page.getByLabel(shop['form.email']).inputValue()).toBe(EMAIL);
    await fillIn(page, { email: 'gift@example.com', card: 'pm_card_visa', quantity: 1 });
    const order = await buy(page, SOON);
    expect(await watchOrder(page, SOON)).toBe('paid');

    // The order's token is deleted from the browser, so only the session remains.
    await page.evaluate(() => {
      for (const key of Object.keys(localStorage)) if (key.startsWith('order:')) localStorage.removeItem(key);
    });
    await page.getByRole('link', { name: shop['account.title'] }).click();
    await page.locator(`[data-own-order="${order}"] a`).click();
    expect(await watchOrder(page, SOON)).toBe('paid');

    // Somebody orders as a guest with Ann's address, so she is asked whether the order is hers.
    const guests = await browser.newContext({ locale: 'en-GB' });
    const guest = await guests.newPage();
    await waitForTurn(guest, `${system.urls.gateway}/w/accounts`, SOON);
    await openProduct(guest);
    await fillIn(guest, { email: EMAIL, card: 'pm_card_visa', quantity: 1 });
    const asked = await buy(guest, SOON);
    await guests.close();
    await page.getByRole('link', { name: shop['account.title'] }).click();
    await page.reload();
    await page.locator(`[data-guest-order="${asked}"]`).waitFor({ timeout: SOON });
    expect(await page.locator(`[data-own-order="${asked}"]`).count()).toBe(0);
    await press(page, shop['guests.mine']);
    await page.locator(`[data-own-order="${asked}"]`).waitFor({ timeout: SOON });
    expect(await page.locator(`[data-guest-order="${asked}"]`).count()).toBe(0);

    await page.getByRole('link', { name: shop['account.title'] }).click();
    await press(page, shop['account.sign_out']);
    await page.getByRole('link', { name: shop['account.sign_in'] }).waitFor();
    expect((await context.cookies()).filter(({ name }) => name.startsWith('__Host-account'))).toEqual([]);
    await page.goto(`${system.urls.gateway}/shop/orders/${order}`);
    await page.getByText(shop['problem.no_token']).waitFor();

    await page.goto(`${system.urls.gateway}/shop/account/sign-in`);
    await page.getByLabel(shop['form.email']).fill(EMAIL);
    await page.getByLabel(shop['account.password']).fill(PASSWORD);
    await press(page, shop['account.sign_in']);
    await heading(page, shop['account.title']);
    await press(page, shop['account.erase']);
    await page.getByLabel(shop['account.password']).fill(PASSWORD);
    await press(page, shop['account.erase_confirm']);
    await page.getByRole('link', { name: shop['account.sign_in'] }).waitFor();
    const answer = await page.request.get(`${system.urls.gateway}/v1/me`);
    expect(answer.status()).toBe(401);
  } finally {
    await context.close();
  }
});
