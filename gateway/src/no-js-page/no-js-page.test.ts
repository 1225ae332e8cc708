import { readdirSync, readFileSync } from 'node:fs';
import { bindingCookie } from '@shopfast/kit/contracts/token';
import { RESERVATION_FRAGMENT } from '@shopfast/kit/contracts/token-fragment';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { openTestGateway, type TestGateway } from '../testing/gateway.ts';
import { readShells } from './shell.ts';

const OWN = 'http://localhost:3000';

let it: TestGateway;
beforeAll(async () => {
  it = await openTestGateway({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') });
});
afterAll(() => it.close());

/** A browser without scripts: it keeps cookies, and sends the origin with a form. */
function openBrowser(room: string, language = 'en') {
  const cookies = new Map<string, string>();
  const send = async (query: string, form?: Record<string, string>, headers: Record<string, string> = {}) => {
    const answer = await it.app.request(`/w/${room}?plain${query}`, {
      method: form ? 'POST' : 'GET',
      headers: {
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        'accept-language': language,
        ...(form ? { 'content-type': 'application/x-www-form-urlencoded', origin: OWN } : {}),
        ...headers,
      },
      ...(form ? { body: new URLSearchParams(form).toString() } : {}),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split('; ');
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      expect(attributes).toEqual(expect.arrayContaining(['Secure', 'HttpOnly', 'SameSite=Lax']));
      if (attributes.includes('Max-Age=0')) cookies.delete(name);
      else cookies.set(name, value);
    }
    const text = await answer.text();
    return {
      ...{ status: answer.status, headers: answer.headers, location: answer.headers.get('location'), text },
      heading: /<h1>(.*?)<\/h1>/.exec(text)?.[1],
      refresh: Number(/http-equiv="refresh" content="(\d+)"/.exec(text)?.[1]),
    };
  };
  return { cookies, look: (query = '') => send(query), press: send };
}

/** A shopper in line, in a room that calls nobody. */
async function standInLine(settings: object = {}) {
  const room = await it.openRoom({ name: 'Launch', admissions_per_minute: 1, ...settings });
  await it.admin('POST', `/rooms/${room}/pause`);
  const browser = openBrowser(room);
  expect((await browser.press('', { do: 'join' })).status).toBe(303);
  return { room, browser };
}

test('a visitor without scripts joins by a button, sees their place, is called and reaches the shop', async () => {
  const room = await it.openRoom({ name: 'Launch', admissions_per_minute: 6_000, checkout_url: '/shop' });
  const browser = openBrowser(room);
  const joinPage = await browser.look();
  expect(joinPage.heading).toBe('Launch');
  expect(joinPage.text).toContain('<button class="button" type="submit">Join the line</button>');
  expect(joinPage.text).not.toMatch(/<script|<noscript|<dialog/);

  const joined = await browser.press('', { do: 'join' });
  expect(joined.status).toBe(303);
  expect(joined.location).toBe(`/w/${room}?plain=`);
  await vi.waitFor(async () => expect((await browser.look()).heading).toBe('It is your turn'), 5_000);

  const claimed = await browser.press('', { do: 'claim' });
  expect(claimed.status).toBe(303);
  const shop = new URL(claimed.location as string);
  expect(shop.origin + shop.pathname).toBe(`${OWN}/shop`);
  const token = new URLSearchParams(shop.hash.slice(1)).get(RESERVATION_FRAGMENT) as string;
  expect(decodeJwt(token)).toMatchObject({ room, aud: 'checkout' });
  expect(browser.cookies.get(bindingCookie(room))).toMatch(/^bnd_/);
});

test('a token never goes to an address that a browser reads as another host than the operator meant, not even from an old room', async () => {
  const room = await it.openRoom({ admissions_per_minute: 6_000 });
  await it.gateway.sql`
    update rooms set version = version + 1,
      settings = jsonb_set(settings, '{checkout_url}', to_jsonb(${'/\t/evil.example'}::text)) where id = ${room}`;
  await it.gateway.rooms.refresh();
  const browser = openBrowser(room);
  await browser.press('', { do: 'join' });
  await vi.waitFor(async () => expect((await browser.look()).heading).toBe('It is your turn'), 5_000);
  const page = await browser.look();
  expect(page.headers.get('content-security-policy')).not.toContain('evil.example');
  const claimed = await browser.press('', { do: 'claim' });
  expect(new URL(claimed.location as string, `${OWN}/w/${room}`).origin).toBe(OWN);
});

test('returns to where the shopper came from, by its own query or that of the scripted page, and nowhere else', async () => {
  const room = await it.openRoom({ admissions_per_minute: 6_000 });
  const from = async (query: string, referer?: string) => {
    const browser = openBrowser(room);
    await browser.press(query, { do: 'join' });
    await vi.waitFor(async () => expect((await browser.look()).heading).toBe('It is your turn'), 5_000);
    const { location } = await browser.press(query, { do: 'claim' }, referer ? { referer } : {});
    const { origin, pathname, search } = new URL(location as string);
    return origin + pathname + search;
  };
  expect(await from('=&return=/hot%3Fa=1')).toBe(`${OWN}/hot?a=1`);
  expect(await from('', `${OWN}/w/${room}?return=/hot`)).toBe(`${OWN}/hot`);
  const shop = await from('');
  expect(await from('=&return=//evil.example/')).toBe(shop);
  expect(await from('', `http://evil.example/w/${room}?return=/hot`)).toBe(shop);
});

test('a place in line: tickets ahead, the message, the reload interval, and a link to leave with a confirmation', async () => {
  const { room, browser } = await standInLine({ message: 'Tea is <b>ready</b>', poll_min_ms: 4_000 });
  const paused = await browser.look();
  expect(paused.heading).toBe('A short pause');
  expect(paused.text).toContain('Tea is &lt;b&gt;ready&lt;/b&gt;');
  expect(paused.refresh).toBeGreaterThanOrEqual(4);

  await it.admin('POST', `/rooms/${room}/resume`);
  const others = openBrowser(room);
  await others.press('', { do: 'join' });
  await vi.waitFor(async () => expect((await others.look()).heading).toBe('You are in line'), {
    timeout: 15_000,
  });

  const asked = await others.look('&leave=');
  expect(asked.heading).toBe('Leave the line?');
  expect(others.cookies.size).toBe(1);
  expect((await others.press('', { do: 'leave' })).status).toBe(303);
  expect(others.cookies.size).toBe(0);
  expect((await others.look()).text).toContain('Join the line');
});

test('each ending has its own view', async () => {
  const heading = async (settings: object, step?: string) => {
    const { room, browser } = await standInLine(settings);
    if (step) await it.admin('POST', `/rooms/${room}/${step}`);
    const page = await browser.look();
    return [page.status, page.heading];
  };
  expect(await heading({}, 'close')).toEqual([200, 'This sale is over']);

  const { room, browser } = await standInLine();
  await it.admin('POST', `/rooms/${room}/reset`);
  const expired = await browser.look();
  expect([expired.status, expired.heading]).toEqual([410, 'Your place has ended']);
  expect(expired.text).toContain('name="do" value="join"');

  const nowhere = await openBrowser('nowhere').look();
  expect([nowhere.status, nowhere.heading]).toEqual([404, 'There is no such waiting room']);

  const rejecting = await it.openRoom({ queueing_method: 'reject' });
  const refused = await openBrowser(rejecting).press('', { do: 'join' });
  expect([refused.status, refused.heading]).toEqual([409, 'We could not let you in']);

  const early = `early-${room}`;
  const opens_at = new Date(Date.now() + 3_600_000).toISOString();
  await it.admin('POST', '/rooms', { id: early, opens_at });
  const notOpen = await openBrowser(early).look();
  expect(notOpen.heading).toBe('Not open yet');
  expect(notOpen.refresh).toBeGreaterThan(0);
  expect(notOpen.text).toContain('UTC');

  const guarded = await it.openRoom({ challenge: 'pow' });
  expect((await openBrowser(guarded).look()).text).toContain('JavaScript');
  const forced = await openBrowser(guarded).press('', { do: 'join' });
  expect(forced.status).toBe(403);
  expect(forced.headers.getSetCookie()).toEqual([]);
});

test('the form asks for what the room requires, and reports a wrong code with the typed values', async () => {
  const room = await it.openRoom({ one_place_per: 'email', admissions_per_minute: 1 });
  const browser = openBrowser(room);
  expect((await browser.look()).text).toContain('name="email" type="email"');
  const wrong = await browser.press('', { do: 'join', email: 'no address' });
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain('value="no address" aria-invalid="true"');
  expect((await browser.press('', { do: 'join', email: 'ann@example.com' })).status).toBe(303);
  // The answer must not reveal whether the address is already in line.
  const second = await openBrowser(room).press('', { do: 'join', email: 'ann@example.com' });
  expect(second.status).toBe(303);

  const invited = await it.openRoom({ invite_only: true });
  const code = '"><i>x';
  const refused = await openBrowser(invited).press('', { do: 'join', code });
  expect(refused.status).toBe(403);
  expect(refused.text).toContain(
    'value="&quot;&gt;&lt;i&gt;x" aria-describedby="code-said" aria-invalid="true"',
  );
});

test.each([[{ origin: 'https://evil.example' }], [{ origin: 'null' }], [{ 'sec-fetch-site': 'cross-site' }]])(
  'a form of another site (%j) neither leaves the line nor claims',
  async (headers) => {
    const { browser } = await standInLine();
    for (const does of ['leave', 'claim']) {
      const refused = await browser.press('', { do: does }, headers);
      expect([refused.status, refused.heading]).toEqual([403, 'We could not let you in']);
    }
    expect((await browser.look()).heading).toBe('A short pause');
  },
);

test('no page is cached or may run scripts, and forms lead only to the page itself and the shop', async () => {
  const room = await it.openRoom({ checkout_url: 'https://shop.example/cart' });
  const { headers } = await openBrowser(room).look();
  expect(headers.get('cache-control')).toBe('no-store');
  const policy = headers.get('content-security-policy');
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("form-action 'self' https://shop.example");
  expect(policy).not.toMatch(/script-src|unsafe/);
  expect(headers.get('referrer-policy')).toBe('same-origin');
});

test('is in the reader’s language, and links to other languages keep the query', async () => {
  const room = await it.openRoom();
  const { text, headers } = await openBrowser(room, 'ar').look();
  expect(text).toContain('<html lang="ar" dir="rtl">');
  expect(headers.get('content-language')).toBe('ar');
  expect(text).toContain('href="?plain=&amp;lang=de"');
});

test('every text of the page exists in each language', () => {
  const code = readdirSync(import.meta.dirname)
    .filter((file) => !file.includes('.test.'))
    .map((file) => readFileSync(`${import.meta.dirname}/${file}`, 'utf8'))
    .join('\n');
  const keys = [...code.matchAll(/'([a-z_]+\.[a-z_]+)'/g)].map(([, key]) => key as string);
  expect(keys.length).toBeGreaterThan(20);
  const shells = readShells();
  expect(shells.size).toBe(17);
  for (const shell of shells.values())
    for (const key of keys) expect(shell.t(key, { count: 1 })).toBeTruthy();
});

test('a view takes one Redis command, like a status request', async () => {
  const { browser } = await standInLine();
  const asked = vi.spyOn(it.gateway.commands, 'heartbeat');
  await browser.look();
  expect(asked).toHaveBeenCalledTimes(1);
  asked.mockRestore();
});
