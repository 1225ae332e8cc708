import { expect, test } from 'vitest';
import { createEffects, isEmpty, merged } from './changes.ts';

const effectOf = createEffects(new Set(['kit/src/i18n/locale.ts']));
const all = ['waiting', 'shop', 'lottery', 'admin', 'accessibility'];

/** The parts of an effect that are not empty. */
function of(...files: string[]) {
  const { build, restart, ...others } = effectOf(files);
  return {
    ...(build.size > 0 ? { build: [...build] } : {}),
    ...(restart.size > 0 ? { restart: [...restart] } : {}),
    ...Object.fromEntries(Object.entries(others).filter(([, wanted]) => wanted)),
  };
}

test.each([
  [['gateway/src/app.ts'], { restart: ['gateway'] }],
  [['gateway/src/lua/tick.lua'], { restart: ['gateway'] }],
  [['checkout/src/orders/place.ts', 'workers/src/start.ts'], { restart: ['checkout', 'workers'] }],
  [['db/src/orders/purchase.ts'], { restart: ['gateway', 'checkout', 'workers'] }],
  [['kit/src/env.ts'], { restart: ['gateway', 'checkout', 'workers', 'inbox', 'stripe'] }],
  [['db/migrations/0018_new.sql'], { restart: ['gateway', 'checkout', 'workers'], migrate: true }],
  [['sandbox/src/inbox/pages.ts'], { restart: ['inbox'] }],
  [['sandbox/src/system/system.ts'], { self: true }],
  [['demo/src/dev/main.ts'], { self: true }],
  [['web-waitroom/src/shop/buy-form.tsx'], { build: ['shop'] }],
  [['kit/src/i18n/catalogues/admin/de.json'], { build: ['admin'] }],
  [['kit/src/i18n/catalogues/notifications/de.json'], { build: ['waiting'] }],
  [['kit/src/i18n/catalogues/waiting/de.json'], { build: ['waiting'], gallery: true }],
  [['kit/src/i18n/catalogues/mails/de.json'], { restart: ['workers'] }],
  [['kit/src/i18n/catalogues/mail-pages/de.json'], { restart: ['gateway'] }],
  [['kit/src/i18n/catalogues/problems/de.json'], { restart: ['gateway', 'checkout', 'workers'] }],
  [['web-waitroom/src/api/ask.ts'], { build: all }],
])('%j asks for %j', (files, effect) => {
  expect(of(...files)).toEqual(effect);
});

test('what is shared with the pages builds them too', () => {
  expect(of('kit/src/i18n/locale.ts').build).toEqual(all);
});

test.each([
  'gateway/src/app.test.ts',
  'web-waitroom/src/live/stats.fixture.ts',
  'gateway/src/testing/room.ts',
  'web-waitroom/src/browser/journey.ts',
  'gateway/src/.app.ts.swp',
  'gateway/src/4913',
])('%s concerns nothing that runs', (file) => {
  expect(isEmpty(effectOf([file]))).toBe(true);
});

test('changes that come together are merged', () => {
  const both = merged(effectOf(['gateway/src/app.ts']), effectOf(['web-waitroom/src/shop/shop.tsx']));
  expect([...both.restart, ...both.build]).toEqual(['gateway', 'shop']);
});
