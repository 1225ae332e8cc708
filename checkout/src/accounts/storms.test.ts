import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openShop, refusal, type Shop } from '../shop.fixture.ts';
import { openAccount, openBrowser } from './shopper.fixture.ts';

let shop: Shop;
/** The bulkheads wait longer than this machine may need for the storm, so that no held call ends by time. */
const LIMIT_MS = 60_000;
beforeEach(async () => {
  shop = await openShop({}, { limitMs: LIMIT_MS });
});
afterEach(() => shop.close());

test('a storm of sign-ins leaves buying alone: 4 hash, 48 wait, the rest is refused at once, and purchases need nothing of theirs', async () => {
  const signedIn = await openAccount(shop, 'ann@example.com');
  const { auth, sql, proving } = shop.checkout.accounts;
  const { password } = await auth.$context;
  const release = Promise.withResolvers<string>();
  let [hashing, mostHashing] = [0, 0];
  vi.spyOn(password, 'hash').mockImplementation(async () => {
    hashing += 1;
    mostHashing = Math.max(mostHashing, hashing);
    return release.promise.finally(() => {
      hashing -= 1;
    });
  });
  const refused: Response[] = [];
  const storm = Array.from({ length: 200 }, async (_, index) => {
    const response = await openBrowser(shop).signIn(`nobody-${index}@example.com`);
    if (response.status === 503) refused.push(response);
    return response.status;
  });
  await vi.waitFor(() => expect(refused.length + proving.running + proving.waiting).toBe(200), {
    timeout: 20_000,
    interval: 1,
  });
  const retryAfter = refused.map((response) => Number(response.headers.get('retry-after')));
  expect(retryAfter).toHaveLength(148);
  expect(Math.min(...retryAfter)).toBeGreaterThan(0);
  expect(new Set(await Promise.all(refused.map(refusal)))).toEqual(new Set(['503 overloaded']));
  await vi.waitFor(() => expect(hashing).toBe(4), { timeout: 20_000, interval: 1 });
  expect((await signedIn.send('GET', '/v1/me')).status).toBe(200);

  // Now neither a slot in the accounts' bulkheads nor one of their connections is free.
  const taken = [shop.pools.auth, sql].flatMap((pool) =>
    Array.from({ length: pool.options.max }, () => pool.reserve()),
  );
  const connections = await Promise.all(taken);
  const orders = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      openBrowser(shop).order({ email: `buyer-${index}@example.com` }),
    ),
  );
  for (const connection of connections) connection.release();
  release.resolve('a hash');
  expect(orders.map((order) => order.status)).toEqual(Array(20).fill(202));
  await Promise.all(storm);
  expect(mostHashing).toBe(4);
});

test('passwords are hashed outside the event loop and outside the pool in which tokens are verified', async () => {
  const password = 'a long enough password';
  const hashing = Array.from({ length: 4 }, (_, index) =>
    openBrowser(shop).signUp(`a${index}@example.com`, password),
  );
  let hashed = false;
  void Promise.all(hashing).then(() => {
    hashed = true;
  });
  await vi.waitFor(() => expect(shop.checkout.accounts.proving.running).toBe(4), {
    timeout: 20_000,
    interval: 1,
  });
  // Four hashes in libuv's pool of four threads would make this signature check wait for the first of them.
  const response = await openBrowser(shop).order({ email: 'buyer@example.com' });
  expect(response.status).toBe(202);
  expect(hashed).toBe(false);
  await Promise.all(hashing);
});

test('password attempts from one address are bounded, and the owner can still sign in from another', async () => {
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

test('one client address can try a bounded number of accounts a minute and cause a bounded number of mails', async () => {
  const statuses = async (count: number, send: (index: number) => Promise<Response>) => {
    const all: number[] = [];
    for (let index = 0; index < count; index += 1) all.push((await send(index)).status);
    return all;
  };
  const malformed = openBrowser(shop, '203.0.113.9');
  const invalid = await statuses(70, () => malformed.send('POST', '/v1/auth/sign-in', { email: 'x' }));
  expect(new Set(invalid)).toEqual(new Set([422]));

  const { password } = await shop.checkout.accounts.auth.$context;
  vi.spyOn(password, 'hash').mockResolvedValue('a hash');
  const guesser = openBrowser(shop, '203.0.113.11');
  const guesses = await statuses(62, (index) => guesser.signIn(`nobody-${index}@example.com`));
  expect(guesses).toEqual([...Array(60).fill(401), 429, 429]);

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
