import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openShop, refusal, type Shop } from '../shop.fixture.ts';
import { SLOW_MS } from './budgets.ts';
import { linkOf, mails, openAccount, openBrowser } from './shopper.fixture.ts';

let shop: Shop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(() => shop.close());

test('wrong passwords from many addresses delay the owner, but never lock the owner out', async () => {
  await openAccount(shop, 'ann@example.com');
  const { password } = await shop.checkout.accounts.auth.$context;
  const verify = vi.spyOn(password, 'verify').mockResolvedValue(false);
  for (let address = 0; address < 13; address += 1) {
    const stranger = openBrowser(shop, `203.0.113.${address + 20}`);
    for (let guess = 0; guess < 15; guess += 1)
      expect(await refusal(stranger.signIn('ann@example.com', `guess ${guess} of ${address}`))).toBe(
        '401 credentials_invalid',
      );
    expect(await refusal(stranger.signIn('ann@example.com', 'one more'))).toBe('429 rate_limited');
  }
  const last = openBrowser(shop, '203.0.113.19');
  for (let guess = 0; guess < 5; guess += 1) await last.signIn('ann@example.com', `guess ${guess}`);
  verify.mockRestore();
  const startedAt = performance.now();
  const owner = await openBrowser(shop, '203.0.113.99').signIn('ann@example.com');
  expect(owner.status).toBe(200);
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(SLOW_MS - 1);
});

test('a working reset link is in the owner’s mailbox, however many mails strangers request', async () => {
  await openAccount(shop, 'ann@example.com');
  // Strangers' passwords are not hashed: hashing is slow on a busy machine and not the subject of this test.
  const { password } = await shop.checkout.accounts.auth.$context;
  const spies = [
    vi.spyOn(password, 'hash').mockResolvedValue('a hash'),
    vi.spyOn(password, 'verify').mockResolvedValue(false),
  ];
  for (let address = 0; address < 5; address += 1) {
    const stranger = openBrowser(shop, `203.0.113.${address + 40}`);
    for (let count = 0; count < 4; count += 1) {
      await stranger.signUp('ann@example.com');
      await stranger.signIn('ann@example.com', 'a guess');
    }
  }
  const ask = (from: string) =>
    openBrowser(shop, from).send('POST', '/v1/auth/request-password-reset', { email: 'ann@example.com' });
  expect((await ask('203.0.113.99')).status).toBe(202);
  expect((await mails(shop)).filter((mail) => mail.template === 'reset_password')).toHaveLength(1);

  for (let address = 0; address < 5; address += 1)
    for (let count = 0; count < 4; count += 1) await ask(`203.0.113.${address + 60}`);
  const sent = (await mails(shop)).filter((mail) => mail.template === 'reset_password');
  expect(sent).toHaveLength(8);
  for (const spy of spies) spy.mockRestore();
  const owner = openBrowser(shop, '203.0.113.98');
  expect(
    (await owner.send('POST', '/v1/auth/request-password-reset', { email: 'ann@example.com' })).status,
  ).toBe(202);
  const token = await linkOf(shop, 'reset_password');
  const reset = await owner.send('POST', '/v1/auth/reset-password', { token, password: 'a new password' });
  expect(reset.status).toBe(204);
  expect((await owner.signIn('ann@example.com', 'a new password')).status).toBe(200);
});
