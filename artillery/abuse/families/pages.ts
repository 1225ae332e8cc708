import { present } from '@shopfast/kit/narrow';
import { z } from 'zod';
import { type Answer, documentOf, jsonOf } from '../answer.ts';
import { family, NOT_CACHED, type Row, refuse } from '../case.ts';
import type { Need } from '../needs.ts';
import { keyOf } from '../operators.ts';
import { claim, gateReservation } from '../reservations.ts';
import { joinRoom, makeProduct, makeRoom, QUICK, quickRoom, untilState } from '../rooms.ts';
import { fromPage, mailsTo, newEmail, PASSWORD } from '../shoppers.ts';
import { until, type World } from '../world.ts';

const apiDocument = z.object({ paths: z.record(z.string(), z.unknown()) });

const HTML = { accept: 'text/html', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };

/** Pages that people see, and how a case gets there. */
const PAGES: readonly { id: string; title: string; path: (world: World) => Promise<string> | string }[] = [
  { id: 'waiting', title: 'the waiting page', path: async (world) => `/w/${await quickRoom(world)}` },
  {
    id: 'plain',
    title: 'the waiting page without scripts',
    path: async (world) => `/w/${await quickRoom(world)}?plain`,
  },
  { id: 'admin', title: 'the operators’ dashboard', path: () => '/admin' },
  { id: 'reference', title: 'the API’s reference', path: () => '/docs' },
  {
    id: 'order',
    title: 'the page of an order',
    path: () => '/shop/orders/018f0000-0000-7000-8000-000000000000',
  },
  {
    id: 'reminder',
    title: 'the page that stops reminders',
    path: async (world) => `/v1/rooms/${await quickRoom(world)}/reminder?stop=made-up`,
  },
];

const policy = ({ headers }: Answer) => headers['content-security-policy'] ?? '';
const directive = (answer: Answer, name: string) =>
  policy(answer)
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${name} `) || part === name);

/** Properties of every page. @returns what is wrong */
const PROMISES: readonly {
  id: string;
  title: string;
  source: string;
  wrong: (answer: Answer) => string | undefined;
}[] = [
  {
    id: 'scripts',
    title: 'scripts of others could run',
    source: 'OWASP A05:2021, CSP',
    wrong: (answer) => {
      const rule = directive(answer, 'script-src') ?? directive(answer, 'default-src');
      return rule && !/'unsafe-inline'|'unsafe-eval'|\*(?!\.)|data:|http:/.test(rule)
        ? undefined
        : `script-src: ${rule}`;
    },
  },
  {
    id: 'framing',
    title: 'another site could frame it',
    source: 'RFC 7034, CSP frame-ancestors',
    wrong: (answer) =>
      /'none'|'self'/.test(directive(answer, 'frame-ancestors') ?? '') ||
      /DENY|SAMEORIGIN/i.test(answer.headers['x-frame-options'] ?? '')
        ? undefined
        : 'neither frame-ancestors nor X-Frame-Options',
  },
  {
    id: 'base',
    title: 'an injected <base> could lead elsewhere',
    source: 'CSP base-uri',
    wrong: (answer) =>
      /'none'|'self'/.test(directive(answer, 'base-uri') ?? '')
        ? undefined
        : `base-uri: ${directive(answer, 'base-uri')}`,
  },
  {
    id: 'sniffing',
    title: 'a browser could take it for something else',
    source: 'OWASP secure headers',
    wrong: ({ headers }) =>
      headers['x-content-type-options'] === 'nosniff' && /charset=utf-8/i.test(headers['content-type'] ?? '')
        ? undefined
        : `${headers['content-type']}, ${headers['x-content-type-options']}`,
  },
  {
    id: 'referrer',
    title: 'its address, with what stands in it, goes to other sites',
    source: 'OWASP secure headers',
    wrong: ({ headers }) =>
      /^(?:no-referrer|same-origin|strict-origin)/.test(headers['referrer-policy'] ?? '')
        ? undefined
        : `Referrer-Policy: ${headers['referrer-policy']}`,
  },
];

const promised: Row[] = PAGES.flatMap((page) =>
  PROMISES.map(({ id, title, source, wrong }) => ({
    id: `${page.id}-${id}`,
    title: `${page.title}: ${title}`,
    source,
    needs: ['admin-key'] satisfies Need[],
    reduced: page.id === 'waiting' && id === 'scripts',
    attack: async (world: World) => world.send({ path: await page.path(world), headers: HTML }),
    refusal: refuse([200, 400, 404], undefined, { says: 'the page’s headers forbid it', holds: wrong }),
  })),
);

/** Spellings of addresses that lead a browser away from the shop (S6, S26). */
const ELSEWHERE: readonly [id: string, url: string][] = [
  ['double-slash', '//evil.example'],
  ['triple-slash', '///evil.example'],
  ['backslash', '/\\evil.example'],
  ['backslashes', '\\\\evil.example'],
  ['tab', '/\t/evil.example'],
  ['newline', '/\n/evil.example'],
  ['return', '/\r/evil.example'],
  ['tab-first', '\t//evil.example'],
  ['space-first', ' //evil.example'],
  ['nul', '/\u0000/evil.example'],
  ['dots', '/.//evil.example'],
  ['dots-up', '/a/..//evil.example'],
  ['javascript', 'javascript:alert(1)'],
  ['javascript-tab', 'java\tscript:alert(1)'],
  ['data', 'data:text/html,<script>alert(1)</script>'],
  ['file', 'file:///etc/passwd'],
  ['scheme-only', 'https:evil.example'],
  ['user', 'https://shop.example@evil.example'],
];

/** Odd spellings that stay on this site, or lead to another site by an operator's own choice. */
const ALLOWED_SETTINGS = ['dots', 'dots-up', 'scheme-only'];

const settingElsewhere: Row[] = ELSEWHERE.filter(([id]) => !ALLOWED_SETTINGS.includes(id)).map(
  ([id, url]) => ({
    id: `checkout-url-${id}`,
    title: `an operator sets checkout_url to ${JSON.stringify(url)}`,
    source: 'S6',
    needs: ['admin-key'],
    attack: (world) =>
      world.send({
        method: 'POST',
        path: '/v1/admin/rooms',
        headers: { authorization: `Bearer ${world.adminKey}` },
        json: { id: `abuse-${world.run}-u${world.next()}`, name: 'x', checkout_url: url },
      }),
    refusal: refuse(422, 'invalid_request'),
  }),
);

/** Claims on the no-JS page with a return address on another site. */
const returningElsewhere: Row[] = ELSEWHERE.filter(([id]) => id !== 'user').map(([id, url]) => ({
  id: `return-${id}`,
  title: `a claim leads back to ${JSON.stringify(url)}`,
  source: 'S26',
  needs: ['admin-key', 'gate'],
  reduced: id === 'double-slash',
  attack: async (world) => {
    const { room } = world.gate;
    const { ticket } = await gateReservation(world);
    return world.send({
      method: 'POST',
      path: `/w/${room}?plain&return=${encodeURIComponent(url)}`,
      headers: {
        ...HTML,
        cookie: `__Host-ticket_${room}=${ticket}`,
        origin: world.target.shop,
        'sec-fetch-site': 'same-origin',
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'do=claim',
    });
  },
  refusal: {
    status: [200, 302, 303, 400],
    says: 'to an address of ours, without a token in its query',
    together: ([answer]) => awayFrom(present(answer)),
  },
}));

function awayFrom({ status, headers, sent }: Answer): string | undefined {
  const { location } = headers;
  if (status !== 302 && status !== 303) return `the claim was not obeyed: ${status}`;
  if (!location) return 'no Location';
  const ours = 'http://ours.invalid';
  const url = new URL(location, `${ours}/w/room`);
  if (
    url.origin !== ours &&
    !location.startsWith(`http://${/\norigin: https?:\/\/([^\n]+)/.exec(sent)?.[1]}`)
  )
    return `leads to ${url.origin}`;
  return /reservation_token|eyJ/.test(url.search) ? 'the token stands in the query' : undefined;
}

const SCRIPT = '<script>alert(1)</script>';
const IMAGE = '"><img src=x onerror=alert(1)>';
const unescaped = (answer: Answer) =>
  answer.text.includes(SCRIPT) || answer.text.includes(IMAGE)
    ? 'markup of the client’s own stands in the page'
    : undefined;

/** An SVG as data address of a theme's logo. */
const svg = (content: string, type = 'image/svg+xml') =>
  `data:${type};base64,${Buffer.from(content).toString('base64')}`;
const SVG = '<svg xmlns="http://www.w3.org/2000/svg">';

/** Invalid themes. */
const THEMES: readonly { id: string; title: string; theme: object; source?: string }[] = [
  { id: 'css-nul', title: 'NUL in its style sheet', theme: { css: 'a{color:red}\u0000' }, source: 'S28' },
  {
    id: 'css-surrogate',
    title: 'a lone surrogate in its style sheet',
    theme: { css: 'a{color:red}\ud83d' },
    source: 'S28',
  },
  {
    id: 'css-import',
    title: 'a style sheet of another site',
    theme: { css: '@import url(//evil.example/a.css);' },
  },
  {
    id: 'css-end',
    title: 'the end of a style element in its style sheet',
    theme: { css: `a{}</style>${SCRIPT}` },
  },
  { id: 'text-nul', title: 'NUL in its words', theme: { text: { en: 'a\u0000b' } }, source: 'S28' },
  { id: 'accent', title: 'a colour that is a style sheet', theme: { accent: 'red;}body{display:none' } },
  { id: 'logo-elsewhere', title: 'a logo of another site', theme: { logo: 'https://evil.example/logo.png' } },
  { id: 'logo-html', title: 'a logo that is a page', theme: { logo: svg(SCRIPT, 'text/html') } },
  {
    id: 'logo-type',
    title: 'a logo that claims to be a picture but is a page',
    theme: { logo: svg(SCRIPT, 'image/png') },
  },
  {
    id: 'logo-entity',
    title: 'a logo that begins with an entity',
    theme: {
      logo: svg(`<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>${SVG}<text>&x;</text></svg>`),
    },
    source: 'OWASP XXE',
  },
];
const themed: Row[] = THEMES.map(({ id, title, theme, source = 'OWASP A03:2021' }) => ({
  id: `theme-${id}`,
  title: `an operator’s theme has ${title}`,
  source,
  needs: ['admin-key'],
  attack: async (world) => putTheme(world, await themedRoom(world), theme),
  refusal: refuse(422, 'invalid_request'),
}));

const themedRoom = (world: World) => world.once('themed room', () => makeRoom(world, 'themed'));
const putTheme = (world: World, room: string, json: object) =>
  world.send({
    method: 'PUT',
    path: `/v1/admin/rooms/${room}/theme`,
    headers: { authorization: `Bearer ${world.adminKey}` },
    json,
  });

/** Themes that are accepted, and how browsers may treat them. */
const TAMED: readonly {
  id: string;
  title: string;
  theme: object;
  path: (page: Answer) => string | undefined;
  wrong: (answer: Answer) => string | undefined;
}[] = [
  {
    id: 'css-url',
    title: 'a picture of another site in a theme’s style sheet',
    theme: { css: 'a{background:url(https://evil.example/a.png)}' },
    path: () => undefined,
    wrong: (answer) => onlyOurs(answer, 'img-src'),
  },
  {
    id: 'css-import-escaped',
    title: 'an escaped @import in a theme’s style sheet',
    theme: { css: '@\\69mport url(https://evil.example/a.css);' },
    path: () => undefined,
    wrong: (answer) => onlyOurs(answer, 'style-src'),
  },
  {
    id: 'css-font',
    title: 'a font of another site in a theme’s style sheet',
    theme: { css: '@font-face{font-family:a;src:url(https://evil.example/a.woff2)}' },
    path: () => undefined,
    wrong: (answer) => onlyOurs(answer, 'font-src'),
  },
  {
    id: 'logo-script',
    title: 'a script in a theme’s logo, opened by itself',
    theme: { logo: svg(`${SVG}${SCRIPT}</svg>`) },
    path: (page) => /src="(\/w\/[^"]+\/logo[^"]*)"/.exec(page.text)?.[1],
    wrong: (answer) =>
      directive(answer, 'sandbox') === 'sandbox' && directive(answer, 'default-src') === "default-src 'none'"
        ? undefined
        : policy(answer),
  },
];
const onlyOurs = (answer: Answer, name: string) => {
  const rule = directive(answer, name) ?? directive(answer, 'default-src');
  return rule && !/\*|https?:(?:\s|$)/.test(rule) ? undefined : `${name}: ${rule}`;
};
const tamed: Row[] = TAMED.map(({ id, title, theme, path, wrong }) => ({
  id: `theme-${id}`,
  title,
  source: 'OWASP A05:2021, CSP',
  needs: ['admin-key'],
  attack: async (world) => {
    const room = await makeRoom(world, `theme-${world.next()}`);
    const answer = await putTheme(world, room, theme);
    if (answer.status !== 200) return answer;
    const page = await until('the theme shows', async () => {
      const shown = await world.send({ path: `/w/${room}`, headers: HTML });
      return shown.text.includes('evil.example') || path(shown) ? shown : undefined;
    });
    const inner = path(page);
    return inner ? world.send({ path: inner.replaceAll('&amp;', '&') }) : page;
  },
  refusal: refuse([200, 422], undefined, {
    says: 'the policy forbids it',
    holds: (answer) => (answer.status === 422 ? undefined : wrong(answer)),
  }),
}));

/** Files and addresses that must not be served. */
const FILES: readonly [id: string, path: string, source?: string][] = [
  ['assets-dots', '/assets/../../package.json'],
  ['assets-dots-encoded', '/assets/%2e%2e/%2e%2e/package.json'],
  ['assets-slash-encoded', '/assets/..%2f..%2fpackage.json'],
  ['assets-backslash', '/assets/..%5c..%5cpackage.json'],
  ['assets-nul', '/assets/%00.js'],
  ['assets-folder', '/assets/'],
  ['assets-absolute', '/assets//etc/passwd'],
  ['env', '/.env'],
  ['git', '/.git/config'],
  ['package', '/package.json'],
  ['page-dots', '/w/..%2f..%2f..%2fetc%2fpasswd'],
  ['page-nul', '/w/%00'],
  ['page-prototype', '/w/constructor'],
  ['metrics', '/metrics', 'S8'],
  ['metrics-slash', '/metrics/', 'S8'],
  ['metrics-double-slash', '//metrics', 'S8'],
  ['metrics-encoded', '/%6detrics', 'S8'],
  ['debug', '/debug/pprof'],
  ['checkout-health', '/v1/orders/../../metrics', 'S8'],
];
const LEAKS = /"private": true|root:|shopfast_|process_cpu|\[core\]/;
const files: Row[] = FILES.map(([id, path, source = 'OWASP A01:2021']) => ({
  id: `file-${id}`,
  title: `GET ${path}`,
  source,
  reduced: id === 'assets-dots-encoded',
  attack: (world) => world.send({ path }),
  refusal: refuse(id.startsWith('page') ? [200, 400, 404, 422] : [400, 401, 403, 404], undefined, {
    says: 'nothing of the machine',
    holds: ({ text }) => (LEAKS.test(text) ? 'it reveals what nobody should read' : undefined),
  }),
}));

const SECRET_SHOP = 'secret-shop.example';
const rehearsalWithShop = (world: World) =>
  world.once('rehearsal with a shop', () =>
    makeRoom(world, 'reh-shop', {
      ...QUICK,
      rehearsal: true,
      checkout_url: `https://${SECRET_SHOP}/sale`,
      message: 'secret-message',
    }),
  );

/** Places where a rehearsal must look like a missing room (S31). */
const HIDDEN: readonly [id: string, path: (room: string) => string, headers?: Record<string, string>][] = [
  ['page', (room) => `/w/${room}`, HTML],
  ['plain', (room) => `/w/${room}?plain`, HTML],
  ['status', (room) => `/v1/rooms/${room}/status`],
  ['challenge', (room) => `/v1/rooms/${room}/challenge`],
  ['events', (room) => `/v1/rooms/${room}/events`],
  ['me', (room) => `/v1/rooms/${room}/tickets/me`],
  ['reminder', (room) => `/v1/rooms/${room}/reminder?stop=x`, HTML],
];
const hidden: Row[] = HIDDEN.map(([id, path, headers = {}]) => ({
  id: `rehearsal-${id}`,
  title: `a rehearsal differs from a room that does not exist: ${path('…')}`,
  source: 'S31',
  needs: ['admin-key'],
  attack: async (world) => {
    const room = await rehearsalWithShop(world);
    const missing = `${room.slice(0, -1)}x`;
    const answers = [
      await world.send({ path: path(room), headers }),
      await world.send({ path: path(missing), headers }),
    ];
    return answers.map((answer, at) => ({
      ...answer,
      text: answer.text.replaceAll(at === 0 ? room : missing, 'ROOM'),
    }));
  },
  refusal: {
    status: [200, 400, 401, 404],
    says: 'the same status, policy and page',
    together: ([there, not]) => differs(present(there), present(not)),
  },
}));

function differs(there: Answer, not: Answer): string | undefined {
  const shown = JSON.stringify(there.headers) + there.text;
  if (shown.includes(SECRET_SHOP) || shown.includes('secret-message'))
    return 'it names the shop or the message of the rehearsal';
  if (there.status !== not.status) return `${there.status} instead of ${not.status}`;
  return jsonOf(there).code === jsonOf(not).code
    ? undefined
    : `${jsonOf(there).code} instead of ${jsonOf(not).code}`;
}

/** Answers that no shared cache may store, besides those of tickets, orders and accounts. */
const UNCACHED: readonly [id: string, path: string][] = [
  ['refusal', '/v1/admin/rooms'],
  ['session-missing', '/v1/me'],
  ['ticket-missing', '/v1/rooms/no-such-room/tickets/me'],
];
const uncached: Row[] = UNCACHED.map(([id, path]) => ({
  id: `cached-${id}`,
  title: `a cache may keep the refusal of ${path}`,
  source: 'RFC 9111 5.2.2',
  attack: (world) => world.send({ path }),
  refusal: refuse([401, 404], undefined, {
    says: 'Cache-Control: no-store or private',
    holds: ({ headers }) =>
      /no-store|private/.test(headers['cache-control'] ?? '')
        ? undefined
        : `Cache-Control: ${headers['cache-control']}`,
  }),
}));

const CORS: readonly [id: string, method: string, path: string][] = [
  ['status', 'GET', '/v1/rooms/no-such-room/status'],
  ['ticket', 'GET', '/v1/rooms/no-such-room/tickets/me'],
  ['profile', 'GET', '/v1/me'],
  ['admin', 'GET', '/v1/admin/rooms'],
  ['preflight', 'OPTIONS', '/v1/orders'],
];
const crossOrigin: Row[] = CORS.map(([id, method, path]) => ({
  id: `cors-${id}`,
  title: `${method} ${path} from a script of another site`,
  source: 'Fetch 3.3',
  attack: (world) =>
    world.send({
      method,
      path,
      headers: {
        origin: 'https://evil.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization',
      },
    }),
  refusal: refuse([200, 204, 400, 401, 403, 404, 405], undefined, {
    says: 'no credentials for other sites',
    holds: ({ headers }) =>
      headers['access-control-allow-credentials'] === 'true' ||
      headers['access-control-allow-origin'] === 'https://evil.example'
        ? 'another site may read it'
        : undefined,
  }),
}));

const mailTo = (world: World, email: string): Promise<string> =>
  until('a mail', async () => {
    const { text } = await mailsTo(world, email);
    return text.includes('/shop/account/') ? text : undefined;
  });

const mailNames = (id: string, title: string, headers: Record<string, string>): Row => ({
  id: `mail-${id}`,
  title: `${title} leads the link of a mail elsewhere`,
  source: 'OWASP host header injection',
  needs: ['inbox'],
  attack: async (world) => {
    const email = newEmail(world);
    const { path, json } = fromPage(world, '/v1/auth/sign-up', { name: 'A', email, password: PASSWORD });
    const answer = await world.send({
      method: 'POST',
      path,
      json,
      headers: { origin: world.target.shop, ...headers },
    });
    return answer.status === 202 ? { ...answer, text: await mailTo(world, email) } : answer;
  },
  refusal: refuse([202, 400, 403, 421], undefined, {
    says: 'the shop’s own address',
    holds: ({ text }) => (text.includes('evil.example') ? 'the mail names the other host' : undefined),
  }),
});

const OTHERS: readonly Row[] = [
  {
    id: 'gate-host',
    title: 'another Host leads the way to the room elsewhere',
    source: 'OWASP host header injection',
    needs: ['gate'],
    attack: (world) =>
      world.send({ path: `${world.gate.path}/page`, headers: { ...HTML, host: 'evil.example' } }),
    refusal: refuse([302, 303, 400, 421], undefined, {
      says: 'not to that host',
      holds: ({ headers }) =>
        headers.location?.includes('evil.example') ? `Location: ${headers.location}` : undefined,
    }),
  },
  {
    id: 'gate-problem-host',
    title: 'another Host stands in waiting_room_url',
    source: 'OWASP host header injection',
    needs: ['gate'],
    attack: (world) =>
      world.send({
        path: `${world.gate.path}/page`,
        headers: { accept: 'application/json', host: 'evil.example' },
      }),
    refusal: refuse([400, 403, 421], undefined, {
      says: 'not that host',
      holds: ({ text }) => (text.includes('evil.example') ? 'the problem names the other host' : undefined),
    }),
  },
  {
    id: 'gate-return-secret',
    title: 'the way to the room carries the query of the page with its secrets to other sites',
    source: 'OWASP A05:2021',
    needs: ['gate'],
    attack: (world) => world.send({ path: `${world.gate.path}/page?token=eyJ`, headers: HTML }),
    refusal: refuse([302, 303], undefined, {
      says: 'Cache-Control: no-store',
      holds: ({ headers }) =>
        /no-store/.test(headers['cache-control'] ?? '')
          ? undefined
          : `Cache-Control: ${headers['cache-control']}`,
    }),
  },
  {
    id: 'checkout-url-secret',
    title: 'a claim’s checkout_url has the token in its query',
    source: 'RFC 6750 5.3',
    needs: ['admin-key'],
    attack: async (world) => {
      const room = await quickRoom(world);
      const ticket = await joinRoom(world, room);
      await untilState(world, room, ticket, 'called');
      return world.send({
        method: 'POST',
        path: `/v1/rooms/${room}/tickets/me/claim`,
        headers: { authorization: `Bearer ${ticket}` },
      });
    },
    refusal: refuse(200, undefined, {
      says: 'no token before the fragment',
      holds: (answer) =>
        /eyJ/.test(String(jsonOf(answer).checkout_url).split('#')[0] ?? '')
          ? 'the token stands in the address'
          : undefined,
    }),
  },
  {
    id: 'claim-cached',
    title: 'a claim that a cache may keep',
    source: 'RFC 9111 5.2.2.5',
    needs: ['admin-key'],
    attack: async (world) => {
      const room = await quickRoom(world);
      const ticket = await joinRoom(world, room);
      await claim(world, room, ticket);
      return world.send({
        method: 'POST',
        path: `/v1/rooms/${room}/tickets/me/claim`,
        headers: { authorization: `Bearer ${ticket}` },
      });
    },
    refusal: NOT_CACHED,
  },
  {
    id: 'escape-room-name',
    title: 'markup in a room’s name and message',
    source: 'OWASP A03:2021',
    needs: ['admin-key'],
    attack: async (world) => {
      const room = await makeRoom(world, `xss-${world.next()}`, { ...QUICK, message: SCRIPT });
      await world.operate('PATCH', `/rooms/${room}`, { name: IMAGE });
      const ticket = await joinRoom(world, room);
      const cookie = `__Host-ticket_${room}=${ticket}`;
      return world.send({ path: `/w/${room}?plain`, headers: { ...HTML, cookie } });
    },
    refusal: refuse(200, undefined, { says: 'escaped', holds: unescaped }),
  },
  {
    id: 'escape-return',
    title: 'markup in the way back of the page without scripts',
    source: 'OWASP A03:2021',
    needs: ['admin-key'],
    attack: async (world) =>
      world.send({
        path: `/w/${await quickRoom(world)}?plain&return=${encodeURIComponent(`/${IMAGE}`)}`,
        headers: HTML,
      }),
    refusal: refuse(200, undefined, { says: 'escaped', holds: unescaped }),
  },
  {
    id: 'escape-code',
    title: 'markup in the code of the form',
    source: 'OWASP A03:2021',
    needs: ['admin-key'],
    attack: async (world) =>
      world.send({
        method: 'POST',
        path: `/w/${await quickRoom(world)}?plain`,
        headers: {
          ...HTML,
          origin: world.target.shop,
          'sec-fetch-site': 'same-origin',
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: `do=join&code=${encodeURIComponent(IMAGE)}&email=${encodeURIComponent(SCRIPT)}`,
      }),
    refusal: refuse([200, 303, 400, 403, 422], undefined, { says: 'escaped', holds: unescaped }),
  },
  {
    id: 'escape-theme-text',
    title: 'markup in a theme’s words',
    source: 'OWASP A03:2021',
    needs: ['admin-key'],
    attack: async (world) => {
      const room = await makeRoom(world, `xsst-${world.next()}`);
      await world.operate('PUT', `/rooms/${room}/theme`, { text: { en: SCRIPT } });
      return until('the theme shows', async () => {
        const answer = await world.send({
          path: `/w/${room}`,
          headers: { ...HTML, 'accept-language': 'en' },
        });
        return answer.text.includes('alert(1)') ? answer : undefined;
      });
    },
    refusal: refuse(200, undefined, { says: 'escaped', holds: unescaped }),
  },
  {
    id: 'escape-path',
    title: 'markup in an address that nobody answers',
    source: 'OWASP A03:2021',
    attack: (world) => world.send({ path: `/v1/rooms/${encodeURIComponent(SCRIPT)}/status`, headers: HTML }),
    refusal: refuse([400, 404, 422], undefined, {
      says: 'not echoed as HTML',
      holds: (answer) =>
        /text\/html/.test(answer.headers['content-type'] ?? '') ? unescaped(answer) : undefined,
    }),
  },
  {
    id: 'escape-product',
    title: 'markup in a product’s name is JSON, not HTML',
    source: 'OWASP A03:2021',
    needs: ['admin-key'],
    attack: async (world) => {
      const product = await makeProduct(world, await quickRoom(world), { name: SCRIPT });
      return world.send({ path: `/v1/products/${product}`, headers: HTML });
    },
    refusal: refuse(200, undefined, {
      says: 'application/json and nosniff',
      holds: ({ headers }) =>
        /application\/json/.test(headers['content-type'] ?? '') &&
        headers['x-content-type-options'] === 'nosniff'
          ? undefined
          : `${headers['content-type']}, ${headers['x-content-type-options']}`,
    }),
  },
  {
    id: 'theme-comments',
    title: 'a viewer sends a logo of 26 comments, each of which doubles the time',
    source: 'S29',
    needs: ['admin-key'],
    alone: true,
    attack: async (world) => {
      return world.send({
        method: 'PUT',
        path: `/v1/admin/rooms/${await quickRoom(world)}/theme`,
        headers: { authorization: `Bearer ${await keyOf(world, 'viewer')}` },
        json: { logo: svg(`${'<!---->'.repeat(26)}!`) },
      });
    },
    refusal: refuse(403, 'role_forbidden', {
      says: 'within 2 s',
      holds: ({ ms }) => (ms < 2_000 ? undefined : `after ${Math.round(ms)} ms`),
    }),
  },
  {
    id: 'theme-comments-operator',
    title: 'an operator sends a logo of 26 comments',
    source: 'S29',
    needs: ['admin-key'],
    alone: true,
    attack: async (world) =>
      world.send({
        method: 'PUT',
        path: `/v1/admin/rooms/${await quickRoom(world)}/theme`,
        headers: { authorization: `Bearer ${world.adminKey}` },
        json: { logo: svg(`${'<!---->'.repeat(26)}!`) },
      }),
    refusal: refuse(422, 'invalid_request', {
      says: 'within 2 s',
      holds: ({ ms }) => (ms < 2_000 ? undefined : `after ${Math.round(ms)} ms`),
    }),
  },
  {
    id: 'powered-by',
    title: 'answers name the software and its version',
    source: 'OWASP secure headers',
    attack: (world) => world.send({ path: '/v1/products' }),
    refusal: refuse(200, undefined, {
      says: 'neither Server nor X-Powered-By',
      holds: ({ headers }) =>
        headers['x-powered-by'] || /\d/.test(headers.server ?? '')
          ? `${headers.server} ${headers['x-powered-by']}`
          : undefined,
    }),
  },
  {
    id: 'html-problem',
    title: 'a refusal in HTML to a browser’s address line reveals internals',
    source: 'OWASP A05:2021',
    attack: (world) => world.send({ path: '/v1/orders/%00', headers: HTML }),
    refusal: refuse([400, 404, 422]),
  },
  {
    id: 'jsonp',
    title: 'a callback that makes JSON a script',
    source: 'OWASP A03:2021',
    attack: (world) => world.send({ path: '/v1/products?callback=alert' }),
    refusal: refuse([200, 422], undefined, {
      says: 'JSON as it is',
      holds: ({ text }) => (text.startsWith('alert') ? 'JSONP is answered' : undefined),
    }),
  },
  {
    id: 'accept-xml',
    title: 'an answer in XML',
    source: 'OWASP XXE',
    attack: (world) =>
      world.send({
        method: 'POST',
        path: '/v1/auth/sign-in',
        headers: { origin: world.target.shop, 'content-type': 'application/xml' },
        body: '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
      }),
    refusal: refuse([400, 415, 422]),
  },
  {
    id: 'openapi-covers',
    title: 'a call of the running gateway that this suite does not know',
    source: 'OWASP API9:2023',
    attack: (world) => world.send({ path: '/openapi.json' }),
    refusal: refuse(200, undefined, {
      says: 'the same calls as the documents that the cases were made from',
      holds: (answer) => {
        const paths = Object.keys(documentOf(apiDocument, answer).paths);
        const more = paths.filter((path) => !KNOWN_PATHS.has(path));
        return more.length === 0 ? undefined : `not in the documents: ${more.join(', ')}`;
      },
    }),
  },
];

const KNOWN_PATHS = new Set<string>();

/** @param paths every documented path */
export function pages(paths: readonly string[]) {
  for (const path of paths) KNOWN_PATHS.add(path);
  return family(
    'pages',
    'what pages and answers let other sites, caches and readers do; addresses that lead away; files that nobody serves',
    [
      ...promised,
      ...settingElsewhere,
      ...returningElsewhere,
      ...themed,
      ...tamed,
      ...files,
      ...hidden,
      ...uncached,
      ...crossOrigin,
      mailNames('host', 'another Host', { host: 'evil.example' }),
      mailNames('forwarded-host', 'X-Forwarded-Host', { 'x-forwarded-host': 'evil.example' }),
      mailNames('origin-path', 'Referer of another site', { referer: 'https://evil.example/' }),
      ...OTHERS,
    ],
  );
}
