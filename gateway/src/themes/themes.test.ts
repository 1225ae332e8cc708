import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { readDocuments } from '@shopfast/kit/built-page';
import { GROUNDS, MIN_CONTRAST, ON_ACCENT, worstContrast } from '@shopfast/kit/contracts/contrast';
import { roomTheme } from '@shopfast/kit/contracts/theme';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { pageFolder } from '../pages/folder.ts';
import { openTestGateway, type TestGateway } from '../testing/gateway.ts';
import { createThemeDirectory } from './directory.ts';
import { saveTheme } from './save.ts';

const AUTHOR = { actor: 'another gateway', role: 'operator', requestId: '' };

let it: TestGateway;
beforeAll(async () => {
  it = await openTestGateway({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') });
});
afterAll(() => it?.close());

const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10"><rect width="30" height="10"/></svg>';
const logo = `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`;
const THEME = {
  accent: '#7a1f5c',
  accent_dark: '#f0a8d8',
  logo,
  text: { en: 'Drop <4> & more', ar: 'عرض خاص' },
  css: '.card{border-radius:0}',
};

async function themedRoom(theme: object = THEME, settings: object = {}): Promise<string> {
  const room = await it.openRoom({ name: 'Tom & <Jerry>', ...settings });
  const answer = await it.admin('PUT', `/rooms/${room}/theme`, theme);
  expect(answer.status, answer.text).toBe(200);
  return room;
}
const page = (path: string, headers: Record<string, string> = {}) =>
  it.send('GET', path, { headers: { 'accept-language': 'en', ...headers } });
const sourceOf = (style: string) => `'sha256-${createHash('sha256').update(style).digest('base64')}'`;

describe('the waiting page of a room with a theme', () => {
  test('has its colours, logo, text and style, each escaped, with a policy that allows only these styles', async () => {
    const room = await themedRoom();
    const { status, text, headers } = await page(`/w/${room}`);
    expect(status).toBe(200);
    const styles = [...text.matchAll(/<style>(.*?)<\/style>/gs)].map(([, style = '']) => style);
    expect(styles).toHaveLength(2);
    expect(styles[1]).toContain('--accent:#7a1f5c');
    expect(styles[1]).toContain('.card{border-radius:0}');
    expect(headers.get('content-security-policy')).toContain(`style-src ${styles.map(sourceOf).join(' ')}`);
    expect(text).toContain('<span id="room" class="unseen">Tom &amp; &lt;Jerry&gt;</span>');
    expect(text).toContain('<p class="greeting" dir="auto">Drop &lt;4&gt; &amp; more</p>');
    expect(headers.get('cache-control')).toBe('public, max-age=60');
    expect((await page(`/w/${room}`, { 'accept-language': 'ar' })).text).toContain('عرض خاص');
    // There is no French text, so the first one is shown.
    expect((await page(`/w/${room}`, { 'accept-language': 'fr' })).text).toContain('Drop &lt;4&gt;');
  });

  test('is compressed and in the reader’s language, and one without a theme is unchanged', async () => {
    const room = await themedRoom();
    const answer = await it.app.request(`/w/${room}`, { headers: { 'accept-encoding': 'gzip' } });
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    expect(gunzipSync(await answer.arrayBuffer()).toString()).toContain('--accent:#7a1f5c');
    const plain = await it.openRoom();
    expect((await page(`/w/${plain}`)).text).toBe(readDocuments(pageFolder('waiting')).get('en'));
  });

  test('has its logo at a separate address that may be cached for ever and runs no script', async () => {
    const room = await themedRoom();
    const [, path = ''] = /<img class="logo" src="([^"]+)"/.exec((await page(`/w/${room}`)).text) ?? [];
    const picture = await it.app.request(path);
    expect(await picture.text()).toBe(SVG);
    expect(picture.headers.get('content-type')).toBe('image/svg+xml');
    expect(picture.headers.get('cache-control')).toContain('immutable');
    expect(picture.headers.get('x-content-type-options')).toBe('nosniff');
    expect(picture.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/);
    await it.admin('PUT', `/rooms/${room}/theme`, { ...THEME, accent: '#004488' });
    expect((await page(`/w/${room}`)).text).not.toContain(path);
  });

  test('looks the same without JavaScript', async () => {
    const room = await themedRoom();
    const { text, headers } = await page(`/w/${room}?plain`);
    expect(text).toContain('--accent:#7a1f5c');
    expect(text).toContain('<img class="logo"');
    expect(text).toContain('Tom &amp; &lt;Jerry&gt;');
    const [, style = ''] = [...text.matchAll(/<style>(.*?)<\/style>/gs)].map(([, one = '']) => one);
    expect(headers.get('content-security-policy')).toContain(sourceOf(style));
  });

  test('changes at once, and returns to the default when the theme is removed; other gateways follow', async () => {
    const room = await themedRoom();
    const other = createThemeDirectory(it.gateway.sql);
    await other.refresh();
    expect(other.of(room)?.theme).toEqual(THEME);
    await it.admin('PUT', `/rooms/${room}/theme`, { accent: '#004488' });
    expect((await page(`/w/${room}`)).text).toContain('--accent:#004488');
    await other.refresh();
    expect(other.of(room)?.theme).toEqual({ accent: '#004488' });

    // A change by another gateway arrives here through the ticker's housekeeping.
    await saveTheme({ ...it.gateway, themes: other }, room, { accent: '#663300' }, AUTHOR);
    const here = async () => (await page(`/w/${room}`)).text;
    await expect.poll(here, { timeout: 10_000 }).toContain('--accent:#663300');

    expect((await it.admin('DELETE', `/rooms/${room}/theme`)).status).toBe(204);
    expect(await here()).toBe(readDocuments(pageFolder('waiting')).get('en'));
    await other.refresh();
    expect(other.of(room)).toBeUndefined();
    expect((await it.admin('DELETE', `/rooms/${room}/theme`)).status).toBe(204);
    expect((await it.admin('GET', `/rooms/${room}/theme`)).body).toEqual({});
  });

  test('shows neither name nor theme of a rehearsal room', async () => {
    const room = await themedRoom(THEME, { rehearsal: true });
    for (const path of [`/w/${room}`, `/w/${room}?plain`])
      expect((await page(path)).text).not.toMatch(/Jerry|greeting|7a1f5c/);
    expect((await page(`/w/${room}/logo`)).status).toBe(404);
  });
});

describe('a theme', () => {
  test.each([
    [{ accent: 'red' }, 'accent'],
    [{ accent: '#f5a623' }, 'accent'],
    [{ accent_dark: '#303030' }, 'accent_dark'],
    [{ logo: 'https://cdn.example/logo.png' }, 'logo'],
    [{ logo: `data:image/png;base64,${Buffer.from('<svg>').toString('base64')}` }, 'logo'],
    [{ logo: `data:text/html;base64,${Buffer.from(SVG).toString('base64')}` }, 'logo'],
    [{ logo: `data:image/png;base64,${'A'.repeat(33_000)}` }, 'logo'],
    [{ text: {} }, 'text'],
    [{ text: { xx: 'a' } }, 'text'],
    [{ css: 'a{}</style><script>' }, 'css'],
    [{ css: '@import "https://x.example/a.css";' }, 'css'],
    [{ colour: '#004488' }, 'colour'],
  ])('%#: that is unreadable or not allowed is refused, naming the field', async (theme, field) => {
    const room = await it.openRoom();
    const answer = await it.admin('PUT', `/rooms/${room}/theme`, theme);
    expect(answer.status).toBe(422);
    expect(JSON.stringify(answer.body.errors)).toContain(field);
  });

  test('is changed by operators, seen by viewers, and the audit log keeps a logo by its size', async () => {
    const room = await themedRoom();
    expect((await it.admin('GET', `/rooms/${room}/theme`)).body).toEqual(THEME);
    const { entries } = (await it.admin('GET', `/audit?limit=5`)).body;
    const entry = entries.find(({ action }: { action: string }) => action === 'theme.update');
    expect(JSON.stringify(entry)).toContain('image/svg+xml');
    expect(JSON.stringify(entry)).not.toContain(logo);
    expect((await it.admin('PUT', '/rooms/nowhere/theme', THEME)).body.code).toBe('room_unknown');
  });

  test('accepts a colour only when text in it is readable on all its backgrounds', () => {
    const channel = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(fc.tuple(channel, channel, channel), (channels) => {
        const colour = `#${channels.map((one) => one.toString(16).padStart(2, '0')).join('')}`;
        for (const [field, scheme] of [
          ['accent', 'light'],
          ['accent_dark', 'dark'],
        ] as const)
          expect(roomTheme.safeParse({ [field]: colour }).success).toBe(
            worstContrast(colour, scheme) >= MIN_CONTRAST,
          );
      }),
    );
  });

  test('contrast is that of WCAG: black on white 21, equal greys 1; and the page’s own colours pass', () => {
    expect(worstContrast('#000000', 'light')).toBeGreaterThan(18);
    expect(worstContrast('#ffffff', 'light')).toBe(1);
    expect(worstContrast('#0f6b55', 'light')).toBeGreaterThanOrEqual(MIN_CONTRAST);
    expect(worstContrast('#62d2b0', 'dark')).toBeGreaterThanOrEqual(MIN_CONTRAST);
  });

  test('the backgrounds for contrast are those of the page', () => {
    const style =
      /<style>(.*?)<\/style>/s.exec(readDocuments(pageFolder('waiting')).get('en') ?? '')?.[1] ?? '';
    const [light = '', dark = ''] = style.match(/:root\{[^}]*\}/g) ?? [];
    const short = (colour: string) => colour.replace(/^#(.)\1(.)\2(.)\3$/, '#$1$2$3');
    for (const [scheme, rules] of [
      ['light', light],
      ['dark', dark],
    ] as const) {
      const [card, ground] = GROUNDS[scheme];
      expect(rules).toContain(`--card:${short(card)}`);
      expect(rules).toContain(`--ground:${short(ground)}`);
      expect(rules).toContain(`--on-accent:${short(ON_ACCENT[scheme])}`);
    }
  });
});
