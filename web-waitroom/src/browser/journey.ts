import { loadCatalogue } from '@shopfast/kit/i18n/catalogues';
import type { Page } from 'playwright-core';
import { listenForComplaints } from './complaints.ts';

const shop = loadCatalogue('shop', 'en');
const waiting = loadCatalogue('waiting', 'en');

export type JourneyOptions = {
  email?: string;
  /** One of the sandbox's test cards. */
  card?: string;
  quantity?: number;
  /** Time limits for the turn and for the payment, in ms. */
  patienceMs?: number;
};

/** The final states of an order page. */
export type Outcome = 'paid' | 'payment_failed' | 'expired' | 'cancelled' | 'refunded' | 'action_needed';

export type Journey = {
  orderId: string;
  outcome: Outcome;
  /** The views that the waiting page showed, in order. */
  views: string[];
  /** The browser's complaints: console errors, policy violations, failed scripts. */
  complaints: string[];
};

/**
 * A shopper's complete journey in a real browser: joins the room, waits, claims, enters the shop, buys the room's
 * product and watches the order until it is final.
 * @param page a page of a fresh browser context, in English
 * @param baseUrl the gateway's address
 * @throws if a step takes longer than `patienceMs`
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

/** Waits in line until the page redirects to the shop. @returns the views on the way */
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

/** Runs in the browser: reports each view of the waiting page to the test. */
function noteViews(): void {
  // Exposed to the page above.
  const told = (globalThis as unknown as { viewShown(view: string): void }).viewShown;
  new MutationObserver(() => {
    const view = document.getElementById('main')?.dataset.view;
    if (view) told(view);
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ['data-view'] });
}

/** Goes from the list to the product of the reservation. */
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

/** Presses "buy" twice, as impatient people do. @returns the order's id */
export async function buy(page: Page, patienceMs: number): Promise<string> {
  await page.locator('form button[type=submit]').dblclick();
  await page.waitForURL(/\/shop\/orders\//, { timeout: patienceMs });
  return decodeURIComponent(new URL(page.url()).pathname.split('/').at(-1) ?? '');
}

/** Watches the order page until the order is final or needs a confirmation at the bank. */
export async function watchOrder(page: Page, patienceMs: number): Promise<Outcome> {
  const decided = page.locator('[data-order]:not([data-order=pending_payment])');
  await decided.waitFor({ timeout: patienceMs });
  // The page writes the order's state.
  return (await decided.getAttribute('data-order')) as Outcome;
}

/** Leaves the line with the page's button. */
export async function leaveLine(page: Page): Promise<void> {
  await page.getByRole('button', { name: waiting['leave.open'] }).click();
  await page.getByRole('button', { name: waiting['leave.confirm'], exact: true }).click();
  await page.getByRole('heading', { name: waiting['left.title'] }).waitFor();
}
