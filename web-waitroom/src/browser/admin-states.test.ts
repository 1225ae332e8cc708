import { readdirSync } from 'node:fs';
import { connectDb } from '@shopfast/db/client';
import { recordDeadLetter } from '@shopfast/db/dead-letters';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { createLog } from '@shopfast/kit/log';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createReaders, type Inspector, inspecting } from './inspector.ts';
import { type Operator, operatorOf } from './operator.ts';
import { openWholeSystem, type WholeSystem } from './whole-system.fixture.ts';

const LONG_NAME = 'Donaudampfschifffahrtsgesellschaftskapitänsmütze';
const built = readdirSync(new URL('../../dist/admin/', import.meta.url));

let whole: WholeSystem;
let { system, browser } = {} as WholeSystem;
let operator: Operator;
beforeAll(async () => {
  whole = await openWholeSystem();
  ({ system, browser } = whole);
  operator = operatorOf(system);
}, 120_000);
afterAll(() => whole?.close(), 60_000);

const readers = createReaders();
type Tour = (inspector: Inspector) => Promise<void>;

/** A tour, which must end without findings. In Arabic where the dashboard has Arabic. */
const tourOf = (name: string, tour: Tour, key: () => string | null | Promise<string>) =>
  test.concurrent.each(readers())(`${name} ($locale, $colorScheme)`, { timeout: 240_000 }, async (reader) => {
    const secret = await key();
    const found = await inspecting(browser, reader, async (inspector) => {
      if (secret)
        await inspector.page.addInitScript((given) => sessionStorage.setItem('admin_key', given), secret);
      await tour(inspector);
      const written = await inspector.page.evaluate(() => document.documentElement.lang);
      expect(written).toBe(
        built.includes(`${reader.locale.slice(0, 2)}.html`) ? reader.locale.slice(0, 2) : 'en',
      );
    });
    expect(found).toEqual([]);
  });

const open = async ({ page }: Inspector, path: string, sign: string) => {
  await page.goto(`${system.urls.gateway}${path}`);
  await page.locator(sign).first().waitFor({ timeout: 30_000 });
};
const shows = ({ page }: Inspector, what: string) => page.locator(what).first().waitFor({ timeout: 30_000 });
/** Opens a dialog, inspects it, and closes it without doing anything. */
const lookAtDialog = async (of: Inspector, state: string, opener: string) => {
  await of.page.locator(opener).first().click();
  await shows(of, 'dialog[open]');
  await of.look(state);
  await of.page.keyboard.press('Escape');
  await of.page.locator('dialog[open]').waitFor({ state: 'detached' });
};

tourOf(
  'signing in',
  async (of) => {
    await open(of, '/admin', 'input[name=key]');
    await of.look('sign-in');
    const key = of.page.locator('input[name=key]');
    await key.fill('not a key');
    await key.press('Enter');
    await shows(of, '[role=alert]');
    await of.look('sign-in with an invalid key');
    await key.fill('adm_made-up-key-of-somebody');
    await Promise.all([of.page.waitForResponse((answer) => answer.status() === 401), key.press('Enter')]);
    await of.page.locator('button[type=submit]:enabled').waitFor();
    await of.look('sign-in refused', [401]);
  },
  () => null,
);

tourOf(
  'an empty dashboard',
  async (of) => {
    await open(of, '/admin', 'main .lead');
    await of.page.getByText('…').waitFor({ state: 'detached' });
    await of.look('no rooms');
    await open(of, '/admin/rooms', 'form');
    await of.look('new room');
    await open(of, '/admin/products', 'details');
    await of.look('no products');
    await open(of, '/admin/jobs', '[data-queue]');
    await of.look('no dead letters');
    await open(of, '/admin/audit', '[data-action]');
    await of.look('audit');
    await open(of, '/admin/audit/nothing', 'main .filters ~ p');
    await of.look('audit of an unknown target');
    await open(of, '/admin/nowhere', '[data-page=not_found]');
    await of.look('not found');
    await open(of, '/admin/rooms/nowhere', '[data-code=room_unknown]');
    await of.look('unknown room', [404]);
  },
  () => system.adminKey,
);

describe('with rooms, products and problems', () => {
  beforeAll(fill, 60_000);

  tourOf(
    'rooms in each state, and one of them live with its dialogs',
    async (of) => {
      await open(of, '/admin', '[data-room=live]');
      await of.look('rooms');
      await open(of, '/admin/rooms/live', '.uplot canvas');
      await of.look('live');
      for (const step of ['pause', 'close'])
        await lookAtDialog(of, `asked whether to ${step}`, `[data-step=${step}]`);
      await of.page.locator('input[name=rate]').fill('0');
      await shows(of, '.field.wrong');
      await of.look('invalid rate');
      await of.page.locator('input[name=rate]').fill('77');
      await of.look('rate with its effect');
      await of.page.locator('textarea[name=message]').fill(`${LONG_NAME} `.repeat(3));
      await lookAtDialog(
        of,
        'message before it is sent',
        'form:has(textarea[name=message]) button[type=submit]',
      );
      await lookAtDialog(of, 'asked whether to admit', 'form:has(input[name=count]) button[type=submit]');
      for (const room of ['scheduled', 'lobby', 'paused', 'sold-out', 'closed']) {
        await open(of, `/admin/rooms/${room}`, '.state');
        await shows(of, '[data-step]');
        await of.look(`room ${room}`);
      }
      await lookAtDialog(of, 'asked whether to reset', '[data-step=reset]');
    },
    () => system.adminKey,
  );

  tourOf(
    'settings, codes and a new room',
    async (of) => {
      await open(of, '/admin/rooms/scheduled/settings', 'form.settings');
      await of.look('settings');
      await lookAtDialog(of, 'asked whether to delete', 'section .grave');
      await of.page.locator('input[name=name]').fill('');
      await of.page.locator('form.settings').evaluate((form: HTMLFormElement) => {
        form.noValidate = true;
        form.requestSubmit();
      });
      await shows(of, '.field.wrong');
      await of.look('settings refused', [422]);
      await open(of, '/admin/rooms/live/look', 'form.settings');
      await of.look('look of the waiting page');
      await open(of, '/admin/rooms/live/codes', 'form.panel');
      await of.look('codes');
      await of.page.locator('form.panel button[type=submit]').click();
      await shows(of, 'dialog[open]');
      await of.look('codes, shown once');
      await open(of, '/admin/rooms', 'form.panel');
      await of.page.locator('input[name=name]').fill(LONG_NAME);
      await of.page.locator('input[name=id]').fill('live');
      await of.page.locator('form.panel button[type=submit]').click();
      await shows(of, '[data-code=room_exists]');
      await of.look('new room refused', [409]);
    },
    () => system.adminKey,
  );

  tourOf(
    'products, jobs, keys and the audit',
    async (of) => {
      await open(of, '/admin/products', '[data-product]');
      await of.look('products');
      await of.page.locator('[data-product] summary').first().click();
      await of.page.locator('main > details > summary').click();
      await shows(of, '[data-product] details form');
      await of.look('product forms open');
      const create = of.page.locator('main > details form');
      await create.locator('input[name=id]').fill('boot');
      await create.locator('input[name=name]').fill(LONG_NAME);
      await create.locator('button[type=submit]').click();
      await shows(of, '[data-code=product_exists]');
      await of.look('product refused', [409]);
      await of.page.locator('[data-product] input[name=delta]').first().fill('3');
      await lookAtDialog(of, 'asked whether to restock', '[data-product] form button[type=submit]');

      await open(of, '/admin/jobs', '[data-letter]');
      await of.look('jobs with a dead letter');
      await lookAtDialog(of, 'asked whether to send again', '[data-letter] button');

      await open(of, '/admin/keys', 'tbody tr');
      await of.look('keys');
      await lookAtDialog(of, 'asked whether to revoke', 'tbody button');
      await lookAtDialog(of, 'asked whether to rotate', '[aria-labelledby=signing-title] button');
      await of.page.locator('input[name=name]').fill(LONG_NAME);
      await of.page.locator('form.inline button[type=submit]').click();
      await shows(of, 'dialog[open]');
      await of.look('key, shown once');
      await of.page.keyboard.press('Escape');
      await shows(of, '.notice');
      await of.look('notice');

      await open(of, '/admin/audit', '[data-action]');
      await of.page.locator('[data-action] summary').first().click();
      await of.look('audit, unfolded');
    },
    () => system.adminKey,
  );

  tourOf(
    'what a viewer sees',
    async (of) => {
      for (const [path, sign] of [
        ['/admin', '[data-room=live]'],
        ['/admin/rooms/live', '.uplot canvas'],
        ['/admin/rooms/live/settings', 'form.settings'],
        ['/admin/products', '[data-product]'],
        ['/admin/jobs', '[data-letter]'],
      ] as const) {
        await open(of, path, sign);
        await of.look(`${path} for a viewer`);
      }
      for (const path of ['/admin/keys', '/admin/audit']) {
        await open(of, path, '[data-code=role_forbidden]');
        await of.look(`${path} for a viewer`, [403]);
      }
    },
    async () => {
      const { key } = await operator.call('POST', '/keys', { name: 'Vera', role: 'viewer' });
      return key as string;
    },
  );
});

/** A room in each state, products with units in every place, a crowd, and a dead letter. */
async function fill(): Promise<void> {
  const { call, addProduct, openRoom } = operator;
  const later = new Date(Date.now() + 3_600_000).toISOString();
  const slow = { admissions_per_minute: 1, max_active: 1, claim_seconds: 3_600 };
  await openRoom('live', { name: 'Launch day', ...slow });
  await call('PUT', '/rooms/live/remaining', { remaining: 50, held: 2, sold: 3 });
  await call('POST', '/rooms', { id: 'scheduled', name: LONG_NAME, opens_at: later, rehearsal: true });
  const lottery = { queueing_method: 'lottery', lobby_opens_at: new Date().toISOString(), opens_at: later };
  await call('POST', '/rooms', { id: 'lobby', ...lottery });
  for (const [id, step] of [
    ['paused', 'pause'],
    ['draining', 'drain'],
    ['closed', 'close'],
  ] as const) {
    await openRoom(id);
    await call('POST', `/rooms/${id}/${step}`);
  }
  await openRoom('sold-out');
  await call('PUT', '/rooms/sold-out/remaining', { remaining: 0, held: 0, sold: 9, version: 1e9 });
  await addProduct({ id: 'boot', stock: 50 });
  await addProduct({ id: 'scarf', stock: 20, name: LONG_NAME, room: 'live', description: LONG_NAME });
  const join = () => fetch(`${system.urls.gateway}/v1/rooms/live/tickets`, { method: 'POST' });
  await Promise.all(Array.from({ length: 30 }, join));
  await leaveDeadLetter();
}

async function leaveDeadLetter(): Promise<void> {
  const lifecycle = createLifecycle();
  try {
    const log = createLog('test', 'silent');
    const { sql } = connectDb(system.databaseUrl, { name: 'test', max: 1, lifecycle, log });
    await recordDeadLetter(sql, {
      ...{ queue: 'slots', name: 'slots.settle', job_id: 'left-by-a-test', payload: { room: 'live' } },
      ...{ error: 'the gateway was unavailable', attempts: 300, failed_at: new Date() },
    });
  } finally {
    await lifecycle.close();
  }
}
