import { connectDb } from '@shopfast/db/client';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { createLog } from '@shopfast/kit/log';
import { request } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { buyerWith, type Order } from './buyer.ts';
import { createReaders, type Inspector, inspecting, OFFLINE } from './inspector.ts';
import { type Operator, operatorOf } from './operator.ts';
import { openWholeSystem, type WholeSystem } from './whole-system.fixture.ts';

const PASSWORD = 'a long enough password';
const LONG_NAME = 'Donaudampfschifffahrtsgesellschaftskapitänsmütze';
const UNKNOWN_ORDER = '01900000-0000-7000-8000-000000000000';

let whole: WholeSystem;
let { system, browser } = {} as WholeSystem;
let operator: Operator;

beforeAll(async () => {
  whole = await openWholeSystem({
    env: { workers: { SWEEP_SECONDS: '1', PAYMENT_TIMEOUT_MS: '60000' } },
  });
  ({ system, browser } = whole);
  operator = operatorOf(system);
}, 120_000);
const closing: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closing) await close();
  await whole?.close();
}, 60_000);

/** Another shopper, who buys what the tour looks at. */
async function strangerBuys(order: Order): Promise<void> {
  const requests = await request.newContext();
  try {
    const stranger = buyerWith(requests, system.urls.gateway);
    await stranger.order(await stranger.reserve('sale'), order);
  } finally {
    await requests.dispose();
  }
}

const at = (path: string) => `${system.urls.gateway}${path}`;
const stripe = (change: object) =>
  fetch(`${system.urls.stripe}/_control`, { method: 'POST', body: JSON.stringify(change) });

async function untilAvailability(id: string, wanted: string): Promise<void> {
  const availability = async () => (await (await fetch(at(`/v1/products/${id}`))).json()).availability;
  await vi.waitFor(async () => expect(await availability()).toBe(wanted), { timeout: 20_000, interval: 100 });
}

const readers = createReaders();
type Tour = (inspector: Inspector, reader: string) => Promise<void>;

/** A tour, which must end without findings. Tours run in parallel: most of their time is waiting. */
const tourOf = (name: string, tour: Tour) =>
  test.concurrent.each(readers())(`${name} ($locale, $colorScheme)`, { timeout: 240_000 }, async (reader) => {
    const found = await inspecting(browser, reader, async (inspector) => {
      await tour(inspector, reader.locale.slice(0, 2));
      const written = await inspector.page.evaluate(() => getComputedStyle(document.body).direction);
      expect(written).toBe(reader.locale === 'ar-EG' ? 'rtl' : 'ltr');
    });
    expect(found).toEqual([]);
  });

tourOf('an empty shop, an unknown address, the accessibility statement', async (of) => {
  await of.page.goto(at('/shop'));
  await of.page.locator('main .lead').waitFor();
  await of.page.getByText('…').waitFor({ state: 'detached' });
  await of.look('empty list');
  await of.page.goto(at('/shop/nowhere'));
  await of.page.locator('[data-page=not_found] h1').waitFor();
  await of.look('not found');
  await of.page.goto(at('/accessibility'));
  await of.page.locator('main h1').waitFor();
  await of.look('statement');
});

async function openSales(): Promise<void> {
  await operator.openRoom('sale', { queueing_method: 'passthrough' });
  await operator.openRoom('brief', { queueing_method: 'passthrough', token_ttl_seconds: 6 });
  const inSale = { room: 'sale', per_customer_limit: 2 };
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
  for (const product of [
    { id: 'boot', stock: 500, ...inSale },
    { id: 'scarf', stock: 4, ...inSale, name: LONG_NAME, description: `${LONG_NAME} `.repeat(4) },
    { id: 'glove', stock: 1, ...inSale },
    { id: 'hat-en', stock: 1, ...inSale },
    { id: 'hat-ar', stock: 1, ...inSale },
    { id: 'last-en', stock: 1, ...inSale },
    { id: 'last-ar', stock: 1, ...inSale },
    { id: 'coat', stock: 9, ...inSale, sale_starts_at: tomorrow },
    { id: 'belt', stock: 9 },
    { id: 'brief-boot', stock: 500, room: 'brief' },
  ])
    await operator.addProduct(product);
  await untilAvailability('brief-boot', 'available');
  await strangerBuys({ product_id: 'glove', email: 'bob@example.com' });
  await untilAvailability('glove', 'sold_out');
}

/** Moves the end of the hold into the past; the workers then expire the order. */
async function letHoldRunOut(orderId: string): Promise<void> {
  const lifecycle = createLifecycle();
  try {
    const log = createLog('test', 'silent');
    const { sql } = connectDb(system.databaseUrl, { name: 'test', max: 1, lifecycle, log });
    await sql`update orders set hold_until = now() - interval '1 hour' where id = ${orderId}`;
  } finally {
    await lifecycle.close();
  }
}

/** Stores an order's token in the browser, as placing the order there would. */
const keepToken = (
  { page }: Inspector,
  { order, order_token }: { order: { id: string }; order_token: string },
) =>
  page.evaluate(([id, token]) => localStorage.setItem(`order:${id}`, token as string), [
    order.id,
    order_token,
  ] as const);
const standsAt = ({ page }: Inspector, state: string) =>
  page.locator(`[data-order=${state}]`).waitFor({ timeout: 30_000 });
const press = ({ page }: Inspector) => page.locator('form button[type=submit]').click();
const refusedWith = ({ page }: Inspector, code: string) =>
  page.locator(`[data-code=${code}]`).waitFor({ timeout: 20_000 });

describe('while a sale runs', () => {
  beforeAll(openSales, 30_000);

  tourOf('every availability, in the list and on the page of the product', async (of, reader) => {
    const hat = `hat-${reader}`;
    const held = {
      product_id: hat,
      email: 'bob@example.com',
      payment_method: 'pm_card_authenticationRequired',
    };
    await strangerBuys(held);
    await untilAvailability(hat, 'reserved');
    await of.page.goto(at('/shop'));
    for (const availability of ['available', 'low', 'reserved', 'sold_out'])
      await of.page.locator(`[data-availability=${availability}]`).first().waitFor();
    await of.look('list');
    await of.page.locator('.languages summary').click();
    await of.look('list, languages open');
    for (const product of ['boot', 'scarf', hat, 'glove', 'belt', 'coat']) {
      await of.page.goto(at(`/shop/products/${product}`));
      await of.page.locator('.counter').waitFor();
      await of.look(`product ${product}`);
    }
    await of.page.goto(at('/shop/products/nothing'));
    await refusedWith(of, 'product_unknown');
    await of.look('unknown product', [404]);
  });

  tourOf('a reservation, refused orders, and its end', async (of, reader) => {
    const { page } = of;
    const shopper = buyerWith(of.context.request, system.urls.gateway);
    const email = `refused-${reader}@example.com`;
    const comeWith = async (token: string, product: string) => {
      await page.goto(at(`/shop/products/${product}#reservation_token=${token}`));
      await page.locator('[role=timer]').waitFor();
      await page.locator('input[type=email]').fill(email);
    };

    const brief = await shopper.reserve('brief');
    await page.goto(at(`/shop/products/brief-boot#reservation_token=${brief}`));
    await page.locator('.counter .note.warn').waitFor({ timeout: 30_000 });
    await of.look('expired reservation');

    const token = await shopper.reserve('sale');
    await page.goto(at(`/shop#reservation_token=${token}`));
    await page.locator('[role=timer]').waitFor();
    await of.look('list with a reservation');
    await comeWith(token, 'boot');
    await of.look('order form');
    await page.locator('input[type=email]').fill('ann@example');
    await press(of);
    await refusedWith(of, 'invalid_request');
    expect(await page.locator('input[type=email]').getAttribute('aria-invalid')).toBe('true');
    await of.look('invalid address', [422]);

    await comeWith(token, 'coat');
    await press(of);
    await refusedWith(of, 'not_on_sale');
    await of.look('not on sale yet', [409]);

    const last = `last-${reader}`;
    await comeWith(token, last);
    await strangerBuys({ product_id: last, email: 'bob@example.com' });
    await press(of);
    await refusedWith(of, 'sold_out');
    await of.look('sold out while looking', [409]);

    await comeWith(token, 'boot');
    await of.context.setOffline(true);
    await press(of);
    await page.locator('form .note.warn').waitFor();
    await of.look('order sent, shop unavailable', [OFFLINE]);
    await of.context.setOffline(false);
    await page.waitForURL(/\/shop\/orders\//, { timeout: 20_000 });

    const second = await shopper.reserve('sale');
    await comeWith(second, 'boot');
    await page.locator('select').selectOption('2');
    await press(of);
    await refusedWith(of, 'purchase_limit');
    await of.look('more than the limit per customer', [OFFLINE, 409]);

    await shopper.order(second, { product_id: 'boot', email });
    await press(of);
    await refusedWith(of, 'token_spent');
    await of.look('spent token', [409]);

    const third = await shopper.reserve('sale');
    await comeWith(third, 'scarf');
    await of.context.clearCookies();
    await press(of);
    await refusedWith(of, 'token_not_bound');
    await of.look('reservation of another browser', [403]);
  });

  /** Payments wait until a tour has looked at them. */
  const held = new Set<string>();
  const holdPayments = async (card: string, isHeld: boolean) => {
    held[isHeld ? 'add' : 'delete'](card);
    await stripe({ held_payments: [...held] });
  };

  tourOf('an order in each of its states', async (of, reader) => {
    const { page } = of;
    const shopper = buyerWith(of.context.request, system.urls.gateway);
    const place = async (payment_method: string) => {
      const email = `${crypto.randomUUID()}@example.com`;
      const placed = await shopper.order(await shopper.reserve('sale'), {
        product_id: 'boot',
        email,
        payment_method,
      });
      await keepToken(of, placed);
      return placed.order.id;
    };
    const open = (id: string) => page.goto(at(`/shop/orders/${id}`));

    await open(UNKNOWN_ORDER);
    await page.locator('h1').waitFor();
    await of.look('order of nobody');
    await page.evaluate((id) => localStorage.setItem(`order:${id}`, 'ord_made-up'), UNKNOWN_ORDER);
    await open(UNKNOWN_ORDER);
    await page.locator('[data-code]').waitFor();
    await of.look('order with an invalid token', [403, 404]);

    const waits = await place('pm_card_authenticationRequired');
    await open(waits);
    await standsAt(of, 'action_needed');
    await of.look('waiting for the bank');
    await page.locator('.foot .quiet').click();
    await page.locator('dialog[open]').waitFor();
    await of.look('asked whether to cancel');
    await page.locator('dialog button[value=keep]').click();

    // The tours run at the same time, so each holds the payments of its own card.
    const card = reader === 'en' ? 'pm_card_amex' : 'pm_card_mastercard';
    await holdPayments(card, true);
    const slow = await place(card);
    await open(slow);
    await standsAt(of, 'pending_payment');
    await of.look('payment under way');
    await of.context.setOffline(true);
    await page.locator('.note.warn').waitFor({ timeout: 15_000 });
    await of.look('payment under way, shop unavailable', [OFFLINE]);
    await of.context.setOffline(false);
    await holdPayments(card, false);
    await standsAt(of, 'paid');
    await of.look('paid', [OFFLINE]);
    await operator.call('POST', `/orders/${slow}/refund`, { reason: 'a test' });
    const refunded = async () => {
      await page.reload();
      await page.locator('[data-order]').waitFor();
      return page.locator('[data-order]').getAttribute('data-order');
    };
    await vi.waitFor(async () => expect(await refunded()).toBe('refunded'), { timeout: 20_000 });
    await of.look('refunded');

    await open(await place('pm_card_visa_chargeDeclined'));
    await standsAt(of, 'payment_failed');
    await of.look('declined');

    await open(await place('pm_card_authenticationRequired'));
    await standsAt(of, 'action_needed');
    await page.locator('.foot .quiet').click();
    await page.locator('dialog button[value=cancel]').click();
    await standsAt(of, 'cancelled');
    await of.look('cancelled');

    await open(waits);
    await standsAt(of, 'action_needed');
    await letHoldRunOut(waits);
    await standsAt(of, 'expired');
    await of.look('expired');
  });

  tourOf('an account from creation to deletion', async (of, reader) => {
    const { page } = of;
    const email = `account-${reader}@example.com`;
    const links = async () => {
      const answer = await fetch(`${system.urls.inbox}/api/messages?to=${encodeURIComponent(email)}`);
      const { messages } = (await answer.json()) as { messages: { text: string }[] };
      return messages.flatMap(({ text }) => text.match(/https?:\S+#token=\S+/) ?? []);
    };
    /** A mailed link loads its page from scratch. */
    const openLink = async (link: string) => {
      await page.goto('about:blank');
      await page.goto(link);
    };
    const openMailedLink = async (count: number) => {
      await vi.waitFor(async () => expect(await links()).toHaveLength(count), {
        timeout: 20_000,
        interval: 100,
      });
      await openLink((await links()).at(-1) as string);
    };
    const fill = (name: string, text: string) => page.locator(`input[name=${name}]`).fill(text);
    const isShown = (what: string) => page.locator(what).first().waitFor({ timeout: 20_000 });

    await page.goto(at('/shop/account'));
    await isShown('input[name=password]');
    await of.look('sign-in');
    await fill('email', email);
    await fill('password', 'not the one');
    await press(of);
    await refusedWith(of, 'credentials_invalid');
    await of.look('sign-in refused', [401]);

    await page.goto(at('/shop/account/sign-up'));
    await isShown('input[name=name]');
    await of.look('sign-up');
    await fill('name', 'Ann');
    await fill('email', 'ann@example');
    await fill('password', PASSWORD);
    await press(of);
    await refusedWith(of, 'invalid_request');
    expect(await page.locator('input[name=email]').getAttribute('aria-invalid')).toBe('true');
    await of.look('sign-up refused', [422]);
    await fill('email', email);
    await press(of);
    await isShown('main [role=status]');
    await of.look('verification mailed');

    await page.goto(at('/shop/account/verify'));
    await isShown('main [role=status]');
    await of.look('verification without its link');
    await openLink(at('/shop/account/verify#token=acc_made-up'));
    await fill('password', PASSWORD);
    await press(of);
    await refusedWith(of, 'link_invalid');
    await of.look('invalid link', [400]);

    await openMailedLink(1);
    await isShown('input[name=password]');
    await of.look('verification');
    await fill('password', PASSWORD);
    await press(of);
    await isShown('input[name=name]');
    await isShown('#own-orders ~ .lead');
    await of.look('account without orders');

    const shopper = buyerWith(of.context.request, system.urls.gateway);
    const token = await shopper.reserve('sale');
    const { order } = await shopper.order(token, { product_id: 'boot', email });
    await page.reload();
    await isShown(`[data-own-order="${order.id}"]`);
    await of.look('account with an order');

    const elsewhere = await request.newContext({ userAgent: 'Mozilla/5.0 (Windows NT 10.0) Firefox/140.0' });
    closing.push(() => elsewhere.dispose());
    const signIn = { data: { email, password: PASSWORD }, headers: { origin: system.urls.gateway } };
    await elsewhere.post(at('/v1/auth/sign-in'), signIn);
    await page.reload();
    await isShown('[data-session=other]');
    const book = page.locator('section:has(> #addresses)');
    await book.locator('> .quiet').click();
    await book.locator('select').waitFor();
    await of.look('account with another session and a new address');
    for (const [name, text] of [
      ['name', 'Ann'],
      ['line1', LONG_NAME],
      ['postal_code', '10115'],
      ['city', 'Berlin'],
    ] as const)
      await book.locator(`input[name=${name}]`).fill(text);
    await book.locator('button[type=submit]').click();
    await isShown('[data-address="0"]');
    await of.look('account with an address');
    await page.locator('section:has(> #own-sessions) > .quiet').click();
    await page.locator('[data-session=other]').waitFor({ state: 'detached' });
    expect((await elsewhere.get(at('/v1/me'))).status()).toBe(401);
    await page.reload();
    await isShown('[data-address="0"]');
    await page.locator('main > div > .quiet').click();
    await isShown('input[name=password]');
    await of.look('asked whether to erase');

    await page.goto(at('/shop/account/reset'));
    await isShown('input[name=email]');
    await of.look('reset');
    await fill('email', email);
    await press(of);
    await isShown('main [role=status]');
    await of.look('reset mailed');
    await openMailedLink(2);
    await isShown('input[name=password]');
    await of.look('new password');
    await fill('password', PASSWORD);
    await press(of);
    await page.waitForURL(/sign-in$/);

    await page.goto(at('/shop/account'));
    await isShown('input[name=password]');
    await of.look('ended session', [401]);
  });
});
