import { openSale } from '@shopfast/sandbox/system/sale';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buy, fillIn, shopperJourney, watchOrder } from './journey.ts';
import { openWholeSystem, type WholeSystem } from './whole-system.fixture.ts';

const ROOM = 'journey';
const PRODUCT = 'journey-sneaker';

let whole: WholeSystem;
let { system, browser } = {} as WholeSystem;
beforeAll(async () => {
  whole = await openWholeSystem({ shopRoom: ROOM });
  ({ system, browser } = whole);
  await openSale(system, {
    room: ROOM,
    name: 'Launch day',
    productId: PRODUCT,
    units: 5,
    settings: { admissions_per_minute: 600, poll_min_ms: 500 },
  });
}, 120_000);
afterAll(() => whole?.close(), 60_000);

async function inNewPage<T>(visit: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ locale: 'en-GB' });
  try {
    return await visit(await context.newPage());
  } finally {
    await context.close();
  }
}

async function subjectsFor(email: string): Promise<string[]> {
  const answer = await fetch(`${system.urls.inbox}/api/messages?to=${encodeURIComponent(email)}`);
  const { messages } = (await answer.json()) as { messages: Array<{ subject: string }> };
  return messages.map((message) => message.subject);
}

const remaining = async () => {
  const answer = await fetch(`${system.urls.gateway}/v1/rooms/${ROOM}/status`);
  return ((await answer.json()) as { remaining: number }).remaining;
};

test('a shopper joins, waits, claims, buys with a double click, sees the order become paid and gets two mails', {
  timeout: 120_000,
}, async () => {
  const email = 'journey@example.com';
  const journey = await inNewPage((page) => shopperJourney(page, system.urls.gateway, ROOM, { email }));
  expect(journey.outcome).toBe('paid');
  expect(journey.views).toContain('waiting');
  expect(journey.complaints).toEqual([]);
  await expect.poll(() => subjectsFor(email), { timeout: 20_000 }).toHaveLength(2);
});

test('a declined card is shown clearly, and the unit goes back on sale', { timeout: 120_000 }, async () => {
  const before = await remaining();
  const card = 'pm_card_visa_chargeDeclined';
  const journey = await inNewPage((page) => shopperJourney(page, system.urls.gateway, ROOM, { card }));
  expect(journey.outcome).toBe('payment_failed');
  await expect.poll(remaining, { timeout: 20_000 }).toBe(before);
});

test('opening the shop without a reservation leads to the room, back to the same page, and to the room again after the order', {
  timeout: 120_000,
}, async () => {
  const { gateway } = system.urls;
  const product = `${gateway}/shop/products/${PRODUCT}`;
  await inNewPage(async (page) => {
    await page.goto(`${product}?from=advert`);
    expect(page.url()).toBe(
      `${gateway}/w/${ROOM}?return=${encodeURIComponent(`/shop/products/${PRODUCT}?from=advert`)}`,
    );
    await page.waitForURL(`${product}?from=advert`, { timeout: 60_000 });
    await fillIn(page, { email: 'back@example.com', card: 'pm_card_visa', quantity: 1 });
    await buy(page, 60_000);
    expect(await watchOrder(page, 60_000)).toBe('paid');

    // The buyer can see the order without a place in line.
    await page.reload();
    expect(await watchOrder(page, 60_000)).toBe('paid');
    // The slot is freed a moment after the purchase, and each gateway refreshes after five seconds at most.
    const isLedToRoom = async () => {
      await page.goto(product);
      return new URL(page.url()).pathname;
    };
    await expect.poll(isLedToRoom, { timeout: 20_000, interval: 1_000 }).toBe(`/w/${ROOM}`);
  });
});
