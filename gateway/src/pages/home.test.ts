import { createLifecycle } from '@shopfast/kit/lifecycle';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createApp } from '../app.ts';
import { openTestGateway, type TestGateway } from '../testing/gateway.ts';

let it: TestGateway;
const lifecycle = createLifecycle();
beforeAll(async () => {
  it = await openTestGateway({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') });
});
afterAll(async () => {
  await lifecycle.close();
  await it?.close();
});

const BROWSER = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

/** A gateway with protected paths for these rooms. */
function guarding(rooms: string[], inboxUrl?: string) {
  const rules = rooms.map((room) => ({ path: '/shop/*', methods: null, upstream: 'checkout', room }));
  const protect = { upstreams: {}, rules };
  const gateway = { ...it.gateway, config: { ...it.gateway.config, protect } };
  return createApp(gateway, { lifecycle, inboxUrl });
}

test('people get a page with links to the parts of the installation', async () => {
  const room = await it.openRoom({ name: 'Drop <1>' });
  const answer = await guarding([room], 'http://127.0.0.1:3080').request('/', { headers: BROWSER });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  const text = await answer.text();
  const links = [...text.matchAll(/href="([^"]+)"/g)].map(([, href]) => href);
  expect(links).toEqual(
    expect.arrayContaining([`/w/${room}`, '/admin', 'http://127.0.0.1:3080', '/docs', '/openapi.json']),
  );
  expect(text).toContain('Drop &lt;1&gt;');
});

test('programs get the same as JSON, with null for missing parts', async () => {
  const answer = await guarding([]).request('/', { headers: { accept: '*/*' } });
  expect(answer.headers.get('vary')).toContain('Accept');
  expect(await answer.json()).toMatchObject({
    rooms: [],
    shop: null,
    dashboard: 'http://localhost:3000/admin',
    inbox: null,
    docs: 'http://localhost:3000/docs',
  });
});

test('every link of a single gateway works', async () => {
  const links = (await (await it.app.request('/')).json()) as Record<string, string | null | string[]>;
  expect(links).toMatchObject({ shop: 'http://localhost:3000/shop', inbox: null });
  for (const name of ['dashboard', 'docs', 'openapi'])
    expect((await it.app.request(new URL(links[name] as string).pathname)).status, name).toBe(200);
});

test('a rehearsal room, one that does not exist, and one without a rule are not listed', async () => {
  const rehearses = await it.openRoom({ rehearsal: true });
  const unnamed = await it.openRoom();
  const text = await (await guarding([rehearses, 'not-there']).request('/')).text();
  expect(text).not.toContain(rehearses);
  expect(text).not.toContain('not-there');
  expect(text).not.toContain(unnamed);
});
