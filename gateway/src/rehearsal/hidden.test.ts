import { randomUUID } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as breath } from 'node:timers/promises';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createApp } from '../app.ts';
import { openTestGateway, type TestGateway } from '../testing/gateway.ts';

const SOURCES = join(import.meta.dirname, '../..');
const WAITING_PAGES = join(import.meta.dirname, '../../../docs/examples/waiting-page');
const PAGES = [
  '/v1/rooms/{room}/place',
  '/w/{room}',
  '/w/{room}/logo',
  '/w/{room}/files/page.js',
  '/lottery/{room}',
];
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const QUERIES = [
  '',
  '?plain',
  '?plain&leave=',
  '?plain&return=%2Fshop',
  '?index=1&from=0&to=1',
  '?stop=STOP',
];
const LOGO = `data:image/svg+xml;base64,${Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>').toString('base64')}`;

let it: TestGateway;
let app: ReturnType<typeof createApp>;
let withOwnPages: ReturnType<typeof createApp>;
const lifecycle = createLifecycle();
beforeAll(async () => {
  it = await openTestGateway({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') });
  app = it.app;
  withOwnPages = createApp(it.gateway, { lifecycle, waitingPages: WAITING_PAGES });
});
afterAll(async () => {
  await lifecycle.close();
  await it?.close();
});

async function publicRoutes(): Promise<string[]> {
  const { paths } = it.ownCalls();
  const calls = Object.keys(paths).filter(
    (path) => path.includes('{room}') && !path.startsWith('/v1/admin/'),
  );
  return [...calls, ...PAGES];
}

test('every route with a room is either described or one of the pages tested here', async () => {
  const known = new Set((await publicRoutes()).map((path) => path.replace(/\/files\/.*/, '/files/*')));
  const sources = globSync('**/*.ts', { cwd: SOURCES }).filter((file) => !file.endsWith('.test.ts'));
  const written = sources.flatMap((file) =>
    [...readFileSync(join(SOURCES, file), 'utf8').matchAll(/'(\/(?:w|lottery|v1\/rooms)\/:room[^']*)'/g)].map(
      ([, path = '']) => path.replace(':room', '{room}'),
    ),
  );
  expect(written.length).toBeGreaterThan(10);
  expect(written.filter((path) => !known.has(path))).toEqual([]);
});

/** The answer to a visitor, without what differs between any two rooms and any two answers. */
async function seen(
  of: typeof app,
  room: string,
  request: { method: string; path: string; init: RequestInit },
) {
  const { method, path, init } = request;
  const stop = it.gateway.reminders.signStop({ room, epoch: 1, index: 1, mailbox: 'm'.repeat(22) });
  const address = path.replace('{room}', room).replace('STOP', stop);
  let answer = await of.request(address, { ...init, method });
  // Load shedding, because this test keeps the process busy: try again after a pause.
  while (answer.status === 503) {
    await breath();
    answer = await of.request(address, { ...init, method });
  }
  const plain = (text: string) => text.replaceAll(room, '{room}').replaceAll(stop, 'STOP');
  const headers = Object.fromEntries([...answer.headers].map(([name, value]) => [name, plain(value)]));
  delete headers['x-request-id'];
  const body = plain(await answer.text()).replace(/"request_id":"[^"]+"/, '');
  return { status: answer.status, headers, body };
}

const ROOMS: [string, object][] = [
  ['open, with a shop elsewhere', { checkout_url: 'https://secret-shop.example/buy', name: 'Secret sale' }],
  ['with a proof of work', { challenge: 'pow' }],
  ['for invited guests', { invite_only: true }],
  ['with one place per address', { one_place_per: 'email' }],
  ['of a lottery', { queueing_method: 'lottery' }],
  ['that rejects', { queueing_method: 'reject' }],
];

test.each(ROOMS)('a rehearsal room looks like one that does not exist: %s', async (_, settings) => {
  const room = await it.openRoom({ ...settings, rehearsal: true });
  await it.admin('PUT', `/rooms/${room}/theme`, { accent: '#7a1f5c', logo: LOGO, text: { en: 'Secret' } });
  const pass = (await it.admin('GET', `/rooms/${room}/rehearsal-pass`)).body.pass as string;
  const other = await it.openRoom({ rehearsal: true });
  const passOfOther = (await it.admin('GET', `/rooms/${other}/rehearsal-pass`)).body.pass as string;
  const { ticket = 'none' } = (
    await it.send('POST', `/v1/rooms/${room}/tickets`, {
      headers: { 'x-rehearsal': pass },
      body: { email: 'a@b.example' },
    })
  ).body;
  const nowhere = `r-${randomUUID().slice(0, 13)}`;
  const form = { 'content-type': 'application/x-www-form-urlencoded', origin: 'http://localhost:3000' };
  const json = { 'content-type': 'application/json' };
  const cookie = `__Host-ticket_${room}=${ticket}; __Host-ticket_${nowhere}=${ticket}`;
  const visits: RequestInit[] = [
    {},
    { headers: { 'accept-language': 'de', 'accept-encoding': 'gzip', accept: 'text/html' } },
    { headers: { 'x-rehearsal': passOfOther, cookie } },
    { headers: { authorization: `Bearer ${ticket}` } },
  ];
  const posts: RequestInit[] = [
    { headers: { ...json, authorization: `Bearer ${ticket}` }, body: '{}' },
    { headers: json, body: '{"email":' },
    { headers: json, body: JSON.stringify({ email: 'a@b.example', code: 'inv_x', minutes: 5 }) },
    ...['join', 'claim', 'leave'].map((does) => ({
      headers: { ...form, cookie },
      body: `do=${does}&email=x`,
    })),
  ];

  let looked = 0;
  for (const of of [app, withOwnPages])
    for (const route of of === app ? await publicRoutes() : PAGES)
      for (const method of METHODS)
        for (const query of route.startsWith('/w/') ? QUERIES : ['', '?stop=STOP'])
          for (const init of method === 'POST' || method === 'PUT' ? posts : visits) {
            const request = { method, path: route + query, init };
            const hidden = await seen(of, room, request);
            expect(hidden, `${method} ${route}${query}`).toEqual(await seen(of, nowhere, request));
            expect(JSON.stringify(hidden)).not.toMatch(/secret/i);
            looked += 1;
          }
  expect(looked).toBeGreaterThan(500);
  // With its pass, the room is visible.
  const shown = await it.send('GET', `/v1/rooms/${room}/status`, { headers: { 'x-rehearsal': pass } });
  expect(shown.status).toBe(200);
});
