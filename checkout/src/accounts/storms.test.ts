import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openShop, refusal, type Shop } from '../shop.fixture.ts';
import { openAccount, openBrowser } from './shopper.fixture.ts';

let shop: Shop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(() => shop.close());

test('a storm of sign-ins leaves buying alone: purchases are answered while 200 sign-ins wait or are told to come later', async () => {
  const signedIn = await openAccount(shop, 'ann@example.com');
  const { proving, reading } = shop.checkout.accounts;
  const answers: number[] = [];
  const storm = Array.from({ length: 200 }, async (_, index) => {
    const response = await openBrowser(shop).signIn(`nobody-${index}@example.com`);
    answers.push(response.status);
    return response;
  });
  await vi.waitFor(() => expect(answers.length).toBeGreaterThan(100), { timeout: 10_000, interval: 1 });
  const orders = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      openBrowser(shop).order({ email: `buyer-${index}@example.com` }),
    ),
  );
  const me = await signedIn.send('GET', '/v1/me');
  // The sign-ins that were let in are still being worked off.
  expect(proving.running + proving.waiting).toBeGreaterThan(20);
  expect(orders.map((order) => order.status)).toEqual(Array(20).fill(202));
  expect(me.status).toBe(200);
  expect(reading.waiting).toBe(0);

  const settled = await Promise.all(storm);
  const refused = settled.filter((response) => response.status === 503);
  expect(refused.length).toBeGreaterThanOrEqual(148);
  for (const response of refused) expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(new Set(settled.map((response) => response.status))).toEqual(new Set([401, 503]));
});

test('passwords are hashed beside the event loop and outside of the pool in which tokens are verified', async () => {
  const password = 'a long enough password';
  const hashing = Array.from({ length: 4 }, (_, index) =>
    openBrowser(shop).signUp(`a${index}@example.com`, password),
  );
  let hashed = false;
  void Promise.all(hashing).then(() => {
    hashed = true;
  });
  await vi.waitFor(() => expect(shop.checkout.accounts.proving.running).toBe(4), { interval: 1 });
  // Four in libuv's pool of four would make this signature wait for the first to end.
  const response = await openBrowser(shop).order({ email: 'buyer@example.com' });
  expect(response.status).toBe(202);
  expect(hashed).toBe(false);
  await Promise.all(hashing);
});

test('passwords of one account are tried so often from one address, and from elsewhere the owner still gets in', async () => {
  await openAccount(shop, 'ann@example.com');
  const attacker = openBrowser(shop, '203.0.113.7');
  const tries = await Promise.all(
    Array.from({ length: 20 }, (_, index) => attacker.signIn('ann@example.com', `guess number ${index}`)),
  );
  expect(tries.filter((one) => one.status === 401)).toHaveLength(15);
  const refused = tries.find((one) => one.status === 429) as Response;
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(300);
  expect(refused.headers.get('ratelimit-policy')).toBe('"passwords-of-account";q=15;w=600');
  expect(await refusal(refused)).toBe('429 rate_limited');
  expect((await openBrowser(shop, '203.0.113.8').signIn('ann@example.com')).status).toBe(200);
});

test('one address tries a bounded number of accounts a minute, and makes us send a bounded number of mails', async () => {
  const statuses = async (count: number, send: (index: number) => Promise<Response>) => {
    const all: number[] = [];
    for (let index = 0; index < count; index += 1) all.push((await send(index)).status);
    return all;
  };
  const malformed = openBrowser(shop, '203.0.113.9');
  const invalid = await statuses(70, () => malformed.send('POST', '/v1/auth/sign-in', { email: 'x' }));
  expect(new Set(invalid)).toEqual(new Set([422]));

  const spammer = openBrowser(shop, '203.0.113.10');
  const resets = await Promise.all(
    Array.from({ length: 25 }, (_, index) =>
      spammer.send('POST', '/v1/auth/request-password-reset', { email: `v${index}@example.com` }),
    ),
  );
  expect(resets.filter((one) => one.status === 202)).toHaveLength(20);
  const one = await Promise.all(
    Array.from({ length: 6 }, () =>
      openBrowser(shop).send('POST', '/v1/auth/request-password-reset', { email: 'one@example.com' }),
    ),
  );
  expect(one.map((answer) => answer.status).sort()).toEqual([202, 202, 202, 202, 429, 429]);
});
