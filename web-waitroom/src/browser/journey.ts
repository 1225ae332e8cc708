import type { Page } from 'playwright-core';
import shop from '../i18n/shop/en.ts';
import waiting from '../i18n/waiting/en.ts';
import { listenForComplaints } from './complaints.ts';

export type JourneyOptions = {
  email?: string;
  /** One of the sandbox's test cards. */
  card?: string;
  quantity?: number;
  /** How long the turn, and then the payment, may take, in ms. */
  patienceMs?: number;
};

/** The states at which an order page comes to rest. */
export type Outcome = 'paid' | 'payment_failed' | 'expired' | 'cancelled' | 'refunded' | 'action_needed';

export type Journey = {
  orderId: string;
  outcome: Outcome;
  /** Each view that the waiting page showed, in order. */
  views: string[];
  /** What the browser complained of: console errors, refused by the page's policy, failed scripts. */
  complaints: string[];
};

/**
 * A shopper's whole way in a real browser: joins the room, waits, claims, goes on to the shop, buys the room's product and
 * watches the order until it is decided.
 * @param page a page of a fresh browser context, in English
 * @param baseUrl where the gateway answers
 * @throws when a step does not come within `patienceMs`
 */
export async function shopperJourney(
  page: Page,
  baseUrl: string,
  room: string,
  options: JourneyOptions = {},
): Promise<Journey> {
  const { email = 'shopper@example.com', card = 'pm_card_visa', quantity = 1, patienceMs = 60_000 } = options;
  const complaints = listenForComplaints(page);

  const views = await waitForTurn(page, `${baseUrl}/w/${encodeURIComponent(room)}`, patienceMs);
  await openProduct(page);
  await fillIn(page, { email, card, quantity });
  const orderId = await buy(page, patienceMs);
  const outcome = await watchOrder(page, patienceMs);
  return { orderId, outcome, views, complaints };
}

/** Stands in line until the page has gone on to the shop. @returns the views on the way */
export async function waitForTurn(page: Page, url: string, patienceMs: number): Promise<string[]> {
  const views: string[] = [];
  await page.exposeFunction('viewShown', (view: string) => {
    if (views.at(-1) !== view) views.push(view);
  });
  await page.addInitScript(noteViews);
  await page.goto(url);
  await page.waitForURL((now) => !now.pathname.startsWith('/w/'), { timeout: patienceMs, waitUntil: 'load' });
  return views;
}

/** Runs in the browser: tells the test of each view of the waiting page. */
function noteViews(): void {
  const told = (globalThis as unknown as { viewShown(view: string): void }).viewShown;
  new MutationObserver(() => {
    const view = document.getElementById('main')?.dataset.view;
    if (view) told(view);
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ['data-view'] });
}

/** From the list to the product that the reservation is for. */
export async function openProduct(page: Page): Promise<void> {
  if (!/\/products\//.test(page.url()))
    await page.locator('[data-product]', { hasText: shop['product.buy'] }).click();
  await page.getByText(shop['reservation.ready']).waitFor();
}

/** Fills in the order form. */
export async function fillIn(page: Page, order: Required<Omit<JourneyOptions, 'patienceMs'>>): Promise<void> {
  await page.getByLabel(shop['form.quantity']).selectOption(String(order.quantity));
  await page.getByLabel(shop['form.email']).fill(order.email);
  await page.locator(`input[value="${order.card}"]`).check();
}

/** Presses "buy", twice as impatient people do. @returns the order's id */
export async function buy(page: Page, patienceMs: number): Promise<string> {
  await page.locator('form button[type=submit]').dblclick();
  await page.waitForURL(/\/shop\/orders\//, { timeout: patienceMs });
  return decodeURIComponent(new URL(page.url()).pathname.split('/').at(-1) ?? '');
}

/** Watches the order page until the order is decided, or the bank asks for a confirmation. */
export async function watchOrder(page: Page, patienceMs: number): Promise<Outcome> {
  const decided = page.locator('[data-order]:not([data-order=pending_payment])');
  await decided.waitFor({ timeout: patienceMs });
  return (await decided.getAttribute('data-order')) as Outcome;
}

/** Leaves the line by its button, as a person does. */
export async function leaveLine(page: Page): Promise<void> {
  await page.getByRole('button', { name: waiting['leave.open'] }).click();
  await page.getByRole('button', { name: waiting['leave.confirm'], exact: true }).click();
  await page.getByRole('heading', { name: waiting['left.title'] }).waitFor();
}
