import { openSale } from '@shopfast/sandbox/system/sale';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { shopperJourney } from './journey.ts';
import { openWholeSystem, type WholeSystem } from './whole-system.fixture.ts';

let whole: WholeSystem;
let { system, browser } = {} as WholeSystem;
beforeAll(async () => {
  whole = await openWholeSystem();
  ({ system, browser } = whole);
}, 120_000);
afterAll(() => whole?.close(), 60_000);

async function openRoom(room: string): Promise<void> {
  await openSale(system, {
    room,
    name: 'Launch day',
    productId: `${room}-sneaker`,
    units: 5,
    settings: { admissions_per_minute: 600, poll_min_ms: 500 },
  });
}

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

test('a shopper joins, waits, claims, buys with a double click, sees the order become paid and gets two mails', {
  timeout: 120_000,
}, async () => {
  await openRoom('journey');
  const email = 'journey@example.com';
  const journey = await inNewPage((page) => shopperJourney(page, system.urls.gateway, 'journey', { email }));
  expect(journey.outcome).toBe('paid');
  expect(journey.views).toContain('waiting');
  expect(journey.complaints).toEqual([]);
  await expect.poll(() => subjectsFor(email), { timeout: 20_000 }).toHaveLength(2);
});

test('a declined card is said clearly, and the unit goes back on sale', { timeout: 120_000 }, async () => {
  await openRoom('declined');
  const card = 'pm_card_visa_chargeDeclined';
  const journey = await inNewPage((page) => shopperJourney(page, system.urls.gateway, 'declined', { card }));
  expect(journey.outcome).toBe('payment_failed');
  const remaining = async () => {
    const answer = await fetch(`${system.urls.gateway}/v1/rooms/declined/status`);
    return ((await answer.json()) as { remaining: number }).remaining;
  };
  await expect.poll(remaining, { timeout: 20_000 }).toBe(5);
});
