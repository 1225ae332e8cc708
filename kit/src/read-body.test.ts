import { Hono } from 'hono';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Problem } from './errors.ts';
import { listen } from './http.ts';
import { createLifecycle } from './lifecycle.ts';
import { readBody } from './read-body.ts';

const lifecycle = createLifecycle();
const app = new Hono();
app.post('/', async (c) => c.text(await readBody(c, 10)));
app.onError((error, c) => c.text(error instanceof Problem ? error.code : String(error), 400));
let url = '';
beforeAll(async () => {
  const { port } = await listen({ fetch: app.fetch as never, port: 0, host: '127.0.0.1', lifecycle });
  url = `http://127.0.0.1:${port}/`;
});
afterAll(() => lifecycle.close());

/** With and without a socket; with a declared length and chunked. */
const ways = {
  'over HTTP': (body: string) => fetch(url, { method: 'POST', body }),
  'over HTTP, in pieces': (body: string) =>
    fetch(url, { method: 'POST', body: new Blob([body]).stream(), duplex: 'half' } as RequestInit),
  'without a socket': (body: string) => app.request('/', { method: 'POST', body }),
};

test.each(Object.entries(ways))(
  '%s a body is read completely up to its limit, and refused beyond it',
  async (_, send) => {
    expect(await (await send('tiny ü')).text()).toBe('tiny ü');
    expect(await (await send('0123456789')).text()).toBe('0123456789');
    expect(await (await send('0123456789x')).text()).toBe('body_too_large');
    expect(await (await send('x'.repeat(1_000_000))).text()).toBe('body_too_large');
    expect(await (await send('still here')).text()).toBe('still here');
  },
);
