import { loadCatalogue } from '@shopfast/kit/i18n/catalogues';
import type { Locator, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenedSystem, openSharedSystem } from './shared-system.fixture.ts';

const shop = loadCatalogue('shop', 'en');
const admin = loadCatalogue('admin', 'en');
const LONG = { timeout: 60_000 };
const SOON = { timeout: 15_000 };

let whole: OpenedSystem;
beforeAll(async () => {
  whole = await openSharedSystem();
}, 120_000);
afterAll(() => whole?.close(), 60_000);

async function on(path: string, visit: (page: Page) => Promise<void>): Promise<void> {
  const { system, browser } = whole;
  const context = await browser.newContext({ locale: 'en-GB' });
  try {
    const page = await context.newPage();
    if (path.startsWith('/admin'))
      await page.addInitScript((key) => sessionStorage.setItem('admin_key', key), system.adminKey);
    await page.goto(`${system.urls.gateway}${path}`);
    await visit(page);
  } finally {
    await context.close();
  }
}

async function call(method: string, path: string, body?: object): Promise<Response> {
  return fetch(`${whole.system.urls.gateway}/v1/admin${path}`, {
    method,
    headers: { authorization: `Bearer ${whole.system.adminKey}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const summary = (page: Page) => page.locator('.error-summary');
const hasFocus = (element: Locator) => element.evaluate((one) => one === document.activeElement);
const isFocused = (element: Locator) => expect.poll(() => hasFocus(element), SOON).toBe(true);
/** What a screen reader reads after the name of a field. */
const descriptionOf = (field: Locator) =>
  field.evaluate((one) =>
    (one.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent)
      .join(' '),
  );

/** Opens a page, and waits until the contracts of its forms are loaded. */
async function openWithContract(page: Page, path: string): Promise<void> {
  const loading = page.waitForResponse(/\/assets\/contracts-/);
  await page.goto(`${whole.system.urls.gateway}${path}`);
  // As text: the test's own build would change the import.
  await page.evaluate(`import(${JSON.stringify((await loading).url())}).then(() => undefined)`);
}

/** Requests of this method wait until they are released. */
async function holding(page: Page, pattern: string, method: string) {
  const held: Route[] = [];
  await page.route(pattern, async (route) => {
    if (route.request().method() === method) held.push(route);
    else await route.continue();
  });
  return { held, release: () => Promise.all(held.splice(0).map((route) => route.continue())) };
}

test(
  'what is wrong is listed, at its field and in the page’s language, and nothing is sent',
  LONG,
  async () => {
    await on('/shop', async (page) => {
      const sent: string[] = [];
      page.on('request', (request) => {
        if (request.method() === 'POST') sent.push(request.url());
      });
      await openWithContract(page, '/shop/account/sign-up');
      const [name, email, password] = [
        page.locator('input[name=name]'),
        page.locator('input[name=email]'),
        page.locator('input[name=password]'),
      ];
      // The browser finds no error in these: the contract does.
      await email.fill('ann@example');
      await password.fill('too short');
      await press(page, shop['account.sign_up']);

      await isFocused(summary(page));
      expect(await summary(page).getByRole('link').allTextContents()).toEqual([
        `${shop['account.name']}: ${shop['fields.missing']}`,
        `${shop['form.email']}: ${shop['fields.email']}`,
        `${shop['account.password']}: At least 10 characters`,
      ]);
      expect(await name.getAttribute('aria-invalid')).toBe('true');
      expect(await descriptionOf(name)).toContain(shop['fields.missing']);
      expect(await descriptionOf(email)).toContain(shop['fields.email']);
      expect(sent).toEqual([]);

      await summary(page).getByRole('link').nth(1).click();
      await isFocused(email);
      expect(page.url()).not.toContain('#');
      await email.fill('ann@example.com');
      await expect.poll(() => email.getAttribute('aria-invalid'), SOON).toBe(null);
      expect(await summary(page).getByRole('link').count()).toBe(2);
      expect(await password.inputValue()).toBe('too short');
    });
  },
);

test('the server’s errors are shown at their fields, and the values stay', LONG, async () => {
  await call('POST', '/rooms', { id: 'forms' });
  await on('/admin/rooms/forms/settings', async (page) => {
    const [shortest, longest] = [
      page.locator('input[name=poll_min_ms]'),
      page.locator('input[name=poll_max_ms]'),
    ];
    await shortest.fill('50000');
    await longest.fill('40000');
    // A rule between two settings: only the server knows the whole room.
    const save = page.locator('form.settings button[type=submit]');
    await save.click();
    await page.locator('[data-code=invalid_request]').waitFor();
    await isFocused(summary(page));
    expect(await summary(page).getByRole('link').allTextContents()).toEqual([
      `${admin['setting.poll_min_ms']}: must not be above poll_max_ms`,
    ]);
    expect(await descriptionOf(shortest)).toContain('must not be above poll_max_ms');
    expect([await shortest.inputValue(), await longest.inputValue()]).toEqual(['50000', '40000']);

    await shortest.fill('3000');
    await save.click();
    await page.getByText('2 settings were changed.').waitFor();
    expect(await summary(page).count()).toBe(0);
    // The form was filled again, and knows the new values.
    expect(await (await call('GET', '/rooms/forms')).json()).toMatchObject({
      ...{ poll_min_ms: 3_000, poll_max_ms: 40_000 },
    });
    await press(page, admin['notice.undo']);
    await page.getByText(admin['settings.undone']).waitFor();
    await expect.poll(() => shortest.inputValue(), SOON).toBe('2000');
  });
});

test('a double click creates one key, and the form is disabled meanwhile', LONG, async () => {
  await on('/admin/keys', async (page) => {
    const { held, release } = await holding(page, '**/v1/admin/keys', 'POST');
    const name = page.locator('form input[name=name]');
    await name.fill('Double');
    const button = page.getByRole('button', { name: admin['keys.make'], exact: true });
    await button.dblclick();
    await expect.poll(() => held.length, SOON).toBe(1);
    expect([await name.isDisabled(), await button.isDisabled()]).toEqual([true, true]);
    expect(await name.inputValue()).toBe('Double');
    await release();
    await page.getByRole('dialog').waitFor();
    expect(held).toEqual([]);
    expect(await name.inputValue()).toBe('');
    const { keys } = (await (await call('GET', '/keys')).json()) as { keys: { name: string }[] };
    expect(keys.filter((key) => key.name === 'Double')).toHaveLength(1);
  });
});

test(
  'a contract that cannot be loaded is left to the server, and values stay after a lost answer',
  LONG,
  async () => {
    await on('/shop', async (page) => {
      await page.route('**/assets/contracts-*.js', (route) => route.abort());
      await page.goto(`${whole.system.urls.gateway}/shop/account/reset`);
      const email = page.locator('input[name=email]');
      await email.fill('ann@example');
      await press(page, shop['account.reset_mail']);
      await page.getByText('Something in the request is not valid.').waitFor();
      expect(await descriptionOf(email)).toContain(shop['fields.email']);

      await page.route('**/v1/auth/**', (route) => route.abort());
      await email.fill('ann@example.com');
      await press(page, shop['account.reset_mail']);
      await summary(page).getByText(shop['problem.unreachable']).waitFor();
      await isFocused(summary(page));
      expect(await email.inputValue()).toBe('ann@example.com');
      await page.unroute('**/v1/auth/**');
      await press(page, shop['account.reset_mail']);
      await page.getByText(shop['account.mailed_reset']).waitFor();
    });
  },
);

test('an older browser, in which a contract fails, leaves the check to the server', LONG, async () => {
  await on('/shop', async (page) => {
    await page.addInitScript(() => Reflect.deleteProperty(String.prototype, 'isWellFormed'));
    await openWithContract(page, '/shop/account/reset');
    await page.locator('input[name=email]').fill('ann@example.com');
    await press(page, shop['account.reset_mail']);
    await page.getByText(shop['account.mailed_reset']).waitFor();
  });
});

test('a part of the shop that cannot be loaded says so, and is loaded later', LONG, async () => {
  await on('/shop', async (page) => {
    await page.route('**/assets/forms-part-*.js', (route) => route.abort());
    await page.getByRole('link', { name: shop['account.sign_in'] }).click();
    await page.getByText(shop['problem.unreachable']).waitFor();
    await page.unroute('**/assets/forms-part-*.js');
    await page.locator('input[name=password]').waitFor({ timeout: 30_000 });
  });
});

test('an incomplete time is an error, not an empty one', LONG, async () => {
  await on('/admin/rooms', async (page) => {
    await page.locator('input[name=name]').fill('Incomplete');
    await page.locator('input[name=id]').fill('incomplete');
    const opens = page.locator('input[name=opens_at]');
    await opens.focus();
    await page.keyboard.press('1');
    await press(page, admin['new_room.button']);
    await isFocused(summary(page));
    expect(await opens.getAttribute('aria-invalid')).toBe('true');
    expect((await call('GET', '/rooms/incomplete')).status).toBe(404);
  });
});
