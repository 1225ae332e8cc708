import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openShop, refusal, type Shop } from '../shop.fixture.ts';
import { type Browser, linkOf, mails, openAccount, openBrowser, PASSWORD } from './shopper.fixture.ts';

let shop: Shop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(async () => {
  vi.useRealTimers();
  await shop.close();
});

type ListedSession = { id: string; current: boolean; user_agent: string };
/** The secret of a browser's session, without its signature. */
const tokenOf = (browser: Browser) =>
  (browser.cookies.get('__Host-account.session_token') as string).split('.')[0] as string;

describe('an account', () => {
  test('needs both the mailed link and the password to be verified, and is signed in then', async () => {
    const browser = openBrowser(shop);
    expect((await browser.signUp('Ann@Example.com')).status).toBe(202);
    expect(browser.cookies.size).toBe(0);
    expect(await mails(shop)).toEqual([
      {
        template: 'verify_email',
        address: 'ann@example.com',
        token: expect.stringMatching(/^acc_/),
        jobs: 1,
      },
    ]);
    const token = await linkOf(shop, 'verify_email');
    expect(await refusal(browser.signIn('ann@example.com'))).toBe('403 email_unverified');
    expect(await refusal(browser.verify(token, 'somebody elses password'))).toBe('401 credentials_invalid');
    expect(await refusal(browser.verify('acc_e30.e30.forged'))).toBe('400 link_invalid');
    expect(await refusal(browser.send('GET', '/v1/me'))).toBe('401 session_missing');

    const verified = await browser.verify(token);
    expect(await verified.json()).toEqual({ id: expect.any(String), email: 'ann@example.com', name: 'Ann' });
    expect((await browser.send('GET', '/v1/me')).status).toBe(200);
    expect((await openBrowser(shop).signIn('ANN@example.com')).status).toBe(200);
  });

  test('gets its mails in the language that its browser asks for', async () => {
    const body = { name: 'Ann', email: 'ann@example.com', password: 'a long enough password' };
    await openBrowser(shop).send('POST', '/v1/auth/sign-up', body, { 'accept-language': 'xx, pt-PT;q=0.8' });
    expect(await shop.sql`select locale from account_mails`).toEqual([{ locale: 'pt-PT' }]);
  });

  test('gets its link mailed again only with the right password', async () => {
    await openBrowser(shop).signUp('ann@example.com');
    await openBrowser(shop).signIn('ann@example.com', 'another password');
    expect(await mails(shop)).toHaveLength(1);
    await openBrowser(shop).signIn('ann@example.com');
    expect((await mails(shop)).map((mail) => mail.template)).toEqual(['verify_email', 'verify_email']);
  });

  test('keeps its session in one cookie that scripts cannot read and other sites cannot send or set', async () => {
    const browser = await openAccount(shop, 'ann@example.com');
    const response = await browser.signIn('ann@example.com');
    const lines = response.headers.getSetCookie();
    expect(lines.map((line) => line.split('=')[0])).toEqual(['__Host-account.session_token']);
    for (const line of lines) {
      for (const attribute of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/'])
        expect(line).toContain(`; ${attribute}`);
      expect(line).not.toMatch(/domain/i);
    }
    const secret = browser.cookies.get('__Host-account.session_token')?.split('.')[0];
    expect(secret?.length).toBeGreaterThan(20);
    expect(await response.text()).not.toContain(secret);
    expect(await (await browser.send('GET', '/v1/me')).text()).not.toContain(secret);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  test('is not revealed by the answers to sign-up, reset and a wrong password', async () => {
    await openAccount(shop, 'known@example.com');
    const answersFor = async (email: string) => {
      const browser = openBrowser(shop);
      const reset = browser.send('POST', '/v1/auth/request-password-reset', { email });
      const answers = [browser.signUp(email), reset, browser.signIn(email, 'a wrong password')];
      return Promise.all(
        answers.map(async (answer) => {
          const { request_id, ...body } = (await (await answer).json()) as Record<string, unknown>;
          return [(await answer).status, body];
        }),
      );
    };
    expect(await answersFor('known@example.com')).toEqual(await answersFor('unknown@example.com'));
    const told = (await mails(shop)).filter((mail) => mail.address === 'known@example.com');
    expect(told.map((mail) => mail.template)).toEqual(
      expect.arrayContaining(['account_exists', 'reset_password']),
    );
    expect(await mails(shop)).not.toContainEqual(
      expect.objectContaining({ address: 'unknown@example.com', template: 'reset_password' }),
    );
  });

  test('gets a new password by a mailed link that works once; all its sessions end', async () => {
    const browser = await openAccount(shop, 'ann@example.com');
    const other = openBrowser(shop);
    await other.send('POST', '/v1/auth/request-password-reset', { email: 'ann@example.com' });
    const token = await linkOf(shop, 'reset_password');
    const reset = () => other.send('POST', '/v1/auth/reset-password', { token, password: 'a new password' });
    expect((await reset()).status).toBe(204);
    expect(await refusal(reset())).toBe('400 link_invalid');
    expect(await refusal(browser.send('GET', '/v1/me'))).toBe('401 session_missing');
    expect(await refusal(other.signIn('ann@example.com'))).toBe('401 credentials_invalid');
    expect((await other.signIn('ann@example.com', 'a new password')).status).toBe(200);
  });

  test('that a stranger created with another’s address belongs to the owner after a reset, and not to the stranger', async () => {
    await openBrowser(shop).signUp('victim@example.com', 'the strangers password');
    const owner = openBrowser(shop);
    await owner.send('POST', '/v1/auth/request-password-reset', { email: 'victim@example.com' });
    const token = await linkOf(shop, 'reset_password');
    await owner.send('POST', '/v1/auth/reset-password', { token, password: PASSWORD });
    expect((await owner.signIn('victim@example.com')).status).toBe(200);
    expect(await refusal(openBrowser(shop).signIn('victim@example.com', 'the strangers password'))).toBe(
      '401 credentials_invalid',
    );
  });

  test('changes its password with the present one; other sessions end, this one continues', async () => {
    const browser = await openAccount(shop, 'ann@example.com');
    const other = openBrowser(shop);
    await other.signIn('ann@example.com');
    const change = (current_password: string) =>
      browser.send('POST', '/v1/auth/change-password', {
        current_password,
        new_password: 'a newer password',
      });
    expect(await refusal(change('not the password'))).toBe('401 credentials_invalid');
    expect((await change(PASSWORD)).status).toBe(204);
    expect((await browser.send('GET', '/v1/me')).status).toBe(200);
    expect(await refusal(other.send('GET', '/v1/me'))).toBe('401 session_missing');
  });

  test('stores a name and addresses; a change replaces the whole list', async () => {
    const browser = await openAccount(shop, 'ann@example.com');
    const home = { name: 'Ann', line1: 'Way 1', postal_code: '10115', city: 'Berlin', country: 'DE' };
    const changed = await browser.send('PATCH', '/v1/me', { name: 'Ann B.', addresses: [home] });
    expect(await changed.json()).toMatchObject({ name: 'Ann B.', addresses: [home] });
    await browser.send('PATCH', '/v1/me', { name: 'Ann C.' });
    expect(await (await browser.send('GET', '/v1/me')).json()).toMatchObject({
      name: 'Ann C.',
      addresses: [home],
    });
    const many = browser.send('PATCH', '/v1/me', { addresses: Array(11).fill(home) });
    expect(await refusal(many)).toBe('422 invalid_request');
  });

  test('needs a postal code in countries that have postal codes', async () => {
    const browser = await openAccount(shop, 'ann@example.com');
    const give = (country: string) =>
      browser.send('PATCH', '/v1/me', {
        addresses: [{ name: 'Ann', line1: '1 Queen’s Road', city: 'Central', country }],
      });
    expect((await give('HK')).status).toBe(200);
    const refused = await give('DE');
    expect(refused.status).toBe(422);
    expect(JSON.stringify(await refused.json())).toContain('addresses.0.postal_code');
  });

  test('is erased after a password check: only its orders stay, without a link to a person', async () => {
    const browser = await openAccount(shop, 'ann@example.com');
    await browser.send('PATCH', '/v1/me', {
      addresses: [{ name: 'Ann', line1: 'Way 1', postal_code: '1', city: 'Rome', country: 'IT' }],
    });
    await browser.send('POST', '/v1/auth/request-password-reset', { email: 'ann@example.com' });
    const { order } = (await (await browser.order()).json()) as { order: { id: string } };
    expect(await refusal(browser.send('DELETE', '/v1/me', { password: 'not the password' }))).toBe(
      '401 credentials_invalid',
    );
    const before = new Map(browser.cookies);
    expect((await browser.send('DELETE', '/v1/me', { password: PASSWORD })).status).toBe(204);
    expect(browser.cookies.size).toBe(0);
    const tables = ['users', 'sessions', 'credentials', 'verifications', 'address_books', 'account_mails'];
    for (const table of tables) expect(await shop.count(table), table).toBe(0);
    expect(await shop.sql`select id, user_id from orders`).toEqual([{ id: order.id, user_id: null }]);

    // A copy of the cookies buys as a guest and cannot read anything.
    for (const [name, value] of before) browser.cookies.set(name, value);
    expect((await browser.order({ email: 'bob@example.com' })).status).toBe(202);
    expect(await refusal(browser.send('GET', `/v1/orders/${order.id}`))).toBe('403 order_forbidden');
  });
});

describe('a session', () => {
  test('ends with sign-out, here or everywhere', async () => {
    const browser = await openAccount(shop, 'ann@example.com');
    const stolen = openBrowser(shop);
    for (const [name, value] of browser.cookies) stolen.cookies.set(name, value);
    const other = openBrowser(shop);
    await other.signIn('ann@example.com');
    expect((await browser.send('POST', '/v1/auth/sign-out')).status).toBe(204);
    expect(browser.cookies.size).toBe(0);
    expect(await refusal(stolen.send('GET', '/v1/me'))).toBe('401 session_missing');
    expect((await other.send('GET', '/v1/me')).status).toBe(200);
    await browser.signIn('ann@example.com');
    expect((await browser.send('POST', '/v1/auth/sign-out-everywhere')).status).toBe(204);
    expect(await refusal(other.send('GET', '/v1/me'))).toBe('401 session_missing');
    expect((await browser.send('POST', '/v1/auth/sign-out')).status).toBe(204);
  });

  test('is listed for its owner with the browser’s name, and is ended by id, alone or with all others', async () => {
    const browser = await openAccount(shop, 'ann@example.com');
    const phone = openBrowser(shop);
    const laptop = openBrowser(shop);
    const credentials = { email: 'ann@example.com', password: PASSWORD };
    await phone.send('POST', '/v1/auth/sign-in', credentials, { 'user-agent': 'a phone' });
    await laptop.send('POST', '/v1/auth/sign-in', credentials, { 'user-agent': 'a laptop' });
    const sessionsOf = async (one: Browser) => {
      const answer = await one.send('GET', '/v1/me/sessions');
      expect(answer.headers.get('cache-control')).toBe('no-store');
      return ((await answer.json()) as { sessions: ListedSession[] }).sessions;
    };
    const seen = await sessionsOf(phone);
    expect(seen.map(({ user_agent, current }) => [user_agent, current])).toEqual([
      ['a laptop', false],
      ['a phone', true],
      ['', false],
    ]);
    expect(JSON.stringify(seen)).not.toContain(decodeURIComponent(tokenOf(phone)));

    const ofLaptop = `/v1/me/sessions/${seen[0]!.id}`;
    const bob = await openAccount(shop, 'bob@example.com');
    expect(await refusal(bob.send('DELETE', ofLaptop))).toBe('404 session_unknown');
    expect(await sessionsOf(bob)).toHaveLength(1);
    expect((await laptop.send('GET', '/v1/me')).status).toBe(200);
    expect((await phone.send('DELETE', ofLaptop)).status).toBe(204);
    expect(await refusal(laptop.send('GET', '/v1/me'))).toBe('401 session_missing');
    expect(await refusal(phone.send('DELETE', ofLaptop))).toBe('404 session_unknown');

    expect((await phone.send('DELETE', '/v1/me/sessions')).status).toBe(204);
    expect(await refusal(browser.send('GET', '/v1/me'))).toBe('401 session_missing');
    expect(await sessionsOf(phone)).toMatchObject([{ current: true }]);
    expect(await sessionsOf(bob)).toHaveLength(1);
    expect((await phone.send('DELETE', `/v1/me/sessions/${seen[1]!.id}`)).status).toBe(204);
    expect(phone.cookies.size).toBe(0);
  });

  test('that has ended cannot show, cancel or place orders of its account, not even with a copy of its cookies', async () => {
    const browser = await openAccount(shop, 'ann@example.com');
    const { order } = (await (await browser.order()).json()) as { order: { id: string } };
    const copy = openBrowser(shop);
    for (const [name, value] of browser.cookies) copy.cookies.set(name, value);
    expect((await copy.send('GET', `/v1/orders/${order.id}`)).status).toBe(200);
    await browser.send('POST', '/v1/auth/sign-out');
    expect(await refusal(copy.send('GET', `/v1/orders/${order.id}`))).toBe('403 order_forbidden');
    expect(await refusal(copy.send('GET', `/v1/orders/${order.id}/events`))).toBe('403 order_forbidden');
    expect(await refusal(copy.send('POST', `/v1/orders/${order.id}/cancel`))).toBe('403 order_forbidden');
    expect((await copy.order({ email: 'bob@example.com' })).status).toBe(202);
    const [bobs] = await shop.sql`select user_id from orders where email = 'bob@example.com'`;
    expect(bobs?.user_id).toBeNull();
  });

  test('is accepted only with our signature', async () => {
    const browser = await openAccount(shop, 'ann@example.com');
    const { order } = (await (await browser.order()).json()) as { order: { id: string } };
    const token = browser.cookies.get('__Host-account.session_token') ?? '';
    const attempts = [
      token.replace(/.\./, 'x.'),
      token.replace(/.{8}$/, 'AAAAAA%3D'),
      token.split('.')[0] as string,
      '',
    ];
    for (const attempt of attempts) {
      const thief = openBrowser(shop);
      thief.cookies.set('__Host-account.session_token', attempt);
      expect(await refusal(thief.send('GET', `/v1/orders/${order.id}`))).toBe('403 order_forbidden');
      expect(await refusal(thief.send('GET', '/v1/me'))).toBe('401 session_missing');
    }
  });

  test('cannot be used by another site: changes must come from the shop’s own pages', async () => {
    const browser = await openAccount(shop, 'ann@example.com');
    const { order } = (await (await browser.order()).json()) as { order: { id: string } };
    const elsewhere: Array<Record<string, string>> = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: '' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ];
    const calls: Array<[string, string, unknown]> = [
      ['PATCH', '/v1/me', { name: 'Eve' }],
      ['DELETE', '/v1/me', { password: PASSWORD }],
      ['DELETE', '/v1/me/sessions', undefined],
      ['DELETE', `/v1/me/sessions/${order.id}`, undefined],
      ['POST', '/v1/auth/sign-out', undefined],
      ['POST', '/v1/auth/sign-in', { email: 'eve@example.com', password: PASSWORD }],
      ['POST', `/v1/orders/${order.id}/cancel`, undefined],
    ];
    for (const headers of elsewhere)
      for (const [method, path, body] of calls)
        expect(await refusal(browser.send(method, path, body, headers))).toBe('403 origin_forbidden');
    expect(await (await browser.send('GET', '/v1/me')).json()).toMatchObject({ name: 'Ann' });
  });
});
