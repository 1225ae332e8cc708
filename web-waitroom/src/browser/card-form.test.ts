import { loadCatalogue } from '@shopfast/kit/i18n/catalogues';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buyerWith } from './buyer.ts';
import { createReaders, type Inspector, inspecting, READERS } from './inspector.ts';
import { watchOrder } from './journey.ts';
import { operatorOf } from './operator.ts';
import { openWholeSystem, type WholeSystem } from './whole-system.fixture.ts';

const en = loadCatalogue('shop', 'en');

const SOON = 60_000;

let whole: WholeSystem;
let { system, browser } = {} as WholeSystem;
beforeAll(async () => {
  whole = await openWholeSystem({ cardForm: true });
  ({ system, browser } = whole);
  const operator = operatorOf(system);
  await operator.openRoom('sale', { queueing_method: 'passthrough' });
  await operator.addProduct({ id: 'boot', stock: 500, room: 'sale', per_customer_limit: 2 });
}, 120_000);
afterAll(() => whole?.close(), 60_000);

async function comeWithReservation({ page, context }: Inspector): Promise<void> {
  const token = await buyerWith(context.request, system.urls.gateway).reserve('sale');
  await page.goto(`${system.urls.gateway}/shop/products/boot#reservation_token=${token}`);
  await page.locator('input[type=email]').fill(`${crypto.randomUUID()}@example.com`);
}
const formIsReady = (page: Page) => page.locator('[data-card-form=ready]').waitFor({ timeout: SOON });
async function typeCard(page: Page, number: string): Promise<void> {
  const frame = page.frameLocator('.card-form iframe');
  await frame.locator('input[name=number]').fill(number);
  await frame.locator('input[name=expiry]').fill('12 / 99');
  await frame.locator('input[name=cvc]').fill('123');
}
const submit = (page: Page) => page.locator('form button[type=submit]');
const orders = async () => {
  const answer = await fetch(`${system.urls.stripe}/_state`);
  return ((await answer.json()) as { charges: { succeeded: number } }).charges.succeeded;
};

test.each(createReaders()())(
  'a card goes from its own frame to the payment service alone, and a double click buys once ($locale, $colorScheme)',
  { timeout: 120_000 },
  async (reader) => {
    const found = await inspecting(browser, reader, async (of) => {
      const { page } = of;
      const toShop: string[] = [];
      page.on('request', (request) => {
        if (request.url().startsWith(system.urls.gateway)) toShop.push(request.postData() ?? '');
      });
      await comeWithReservation(of);
      await formIsReady(page);
      await of.look('card form');

      await typeCard(page, '4242 4242 4242 4241');
      await submit(page).click();
      await page.locator('.card-form [role=alert]').waitFor();
      await of.look('invalid card');
      expect(page.url()).toContain('/shop/products/');

      const before = await orders();
      await typeCard(page, '4242 4242 4242 4242');
      await submit(page).dblclick();
      await page.waitForURL(/\/shop\/orders\//, { timeout: SOON });
      expect(await watchOrder(page, SOON)).toBe('paid');
      expect(await orders()).toBe(before + 1);
      await of.look('paid by card');
      expect(toShop.filter((body) => /payment_method":"pm_[0-9a-f]{24}"/.test(body))).toHaveLength(1);
      expect(toShop.filter((body) => body.replaceAll(' ', '').includes('424242'))).toEqual([]);
    });
    expect(found).toEqual([]);
  },
);

test('a confirmation at the bank, a declined card, and a card form that does not load', {
  timeout: 120_000,
}, async () => {
  const found = await inspecting(browser, READERS[0], async (of) => {
    const { page, context } = of;
    await comeWithReservation(of);
    await formIsReady(page);
    await typeCard(page, '4000 0025 0000 3155');
    await submit(page).click();
    await page.locator('[data-order=action_needed]').waitFor({ timeout: SOON });
    const [bank] = await Promise.all([
      context.waitForEvent('page'),
      page.getByRole('link', { name: en['action.confirm'] }).click(),
    ]);
    await bank.locator('button[value=approve]').click();
    await page.locator('[data-order=paid]').waitFor({ timeout: SOON });
    await bank.close();

    await comeWithReservation(of);
    await formIsReady(page);
    await typeCard(page, '4000 0000 0000 0002');
    await submit(page).click();
    await page.waitForURL(/\/shop\/orders\//, { timeout: SOON });
    expect(await watchOrder(page, SOON)).toBe('payment_failed');

    await page.route(`${system.urls.stripe}/v3/`, (route) => route.abort('blockedbyclient'));
    await comeWithReservation(of);
    await page.locator('[data-card-form=failed]').waitFor({ timeout: SOON });
    await page.getByText(en['form.card_failed']).waitFor();
    await submit(page).click();
    expect(page.url()).toContain('/shop/products/');
  });
  expect(found).toEqual([]);
});
