import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenedSystem, openSharedSystem } from './shared-system.fixture.ts';

let whole: OpenedSystem;
let { system, browser } = {} as OpenedSystem;
beforeAll(async () => {
  whole = await openSharedSystem();
  ({ system, browser } = whole);
}, 120_000);
afterAll(() => whole?.close(), 60_000);

async function call(method: string, path: string, body?: object) {
  const answer = await fetch(`${system.urls.gateway}/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${system.adminKey}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return (await answer.json()) as Record<string, unknown>;
}

test('a shopper computes their own number in the browser, and sees when the seed does not match', {
  timeout: 60_000,
}, async () => {
  const lobby_opens_at = new Date(Date.now() - 1_000).toISOString();
  await call('POST', '/admin/rooms', {
    id: 'drawn',
    queueing_method: 'lottery',
    lobby_opens_at,
    admissions_per_minute: 1,
  });
  await expect
    .poll(async () => (await call('GET', '/rooms/drawn/status')).state, { timeout: 10_000 })
    .toBe('lobby');
  const join = async () => {
    const answer = await fetch(`${system.urls.gateway}/v1/rooms/drawn/tickets`, { method: 'POST' });
    return (await answer.json()) as { ticket: string; lottery_receipt: { index: number } };
  };
  const [mine] = await Promise.all([join(), join(), join(), join(), join()]);
  await call('POST', '/admin/rooms/drawn/open');
  const me = await fetch(`${system.urls.gateway}/v1/rooms/drawn/tickets/me`, {
    headers: { authorization: `Bearer ${mine.ticket}` },
  });
  const { number } = (await me.json()) as { number: number };

  const page = await browser.newPage({ locale: 'en-GB' });
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.goto(`${system.urls.gateway}/lottery/drawn?index=${mine.lottery_receipt.index}`);
  await expect.poll(() => page.getByLabel(/seed/i).inputValue()).not.toBe('');
  await page.getByRole('button').click();
  await page.getByText(`Your number is ${number}`, { exact: true }).waitFor();
  await page.getByText('The seed matches the commitment').waitFor();

  await page.getByLabel(/seed/i).fill('0'.repeat(64));
  await page.getByRole('button').click();
  await page.getByText('The seed does NOT match').waitFor();
  expect(complaints).toEqual([]);
  await page.close();
});
