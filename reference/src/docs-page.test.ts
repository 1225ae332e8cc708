import { referenceRoutes } from '@shopfast/gateway/reference/routes';
import { listen } from '@shopfast/kit/http';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { openChromium } from '@shopfast/web-waitroom/browser/chromium';
import { listenForComplaints } from '@shopfast/web-waitroom/browser/complaints';
import { chromiumPath } from '@shopfast/web-waitroom/browser/env';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { currentDocument } from './write.ts';

const lifecycle = createLifecycle();
const app = referenceRoutes();
let origin: string;
let browser: Awaited<ReturnType<typeof openChromium>>;
beforeAll(async () => {
  const { port } = await listen({ fetch: app.fetch as never, port: 0, host: '127.0.0.1', lifecycle });
  origin = `http://127.0.0.1:${port}`;
  browser = await openChromium(chromiumPath());
});
afterAll(async () => {
  await browser?.close();
  await lifecycle.close();
});

test('the policy allows this origin alone, and no inline script', async () => {
  const answer = await app.request('/docs');
  const policy = answer.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self';");
  expect(policy).not.toMatch(/\*|https?:|script-src[^;]*unsafe/);
  expect(await answer.text()).not.toMatch(
    /<script(?![^>]*\ssrc="\/)|\son\w+=|\sstyle=|(?:src|href)="(?:https?:)?\/\//,
  );
});

test('/docs draws every group of calls, under its policy, and asks no other host', {
  timeout: 60_000,
}, async () => {
  const context = await browser.newContext({ locale: 'en-GB' });
  try {
    const page = await context.newPage();
    const complaints = listenForComplaints(page);
    const hosts = new Set<string>();
    page.on('request', (request) => {
      const { protocol, host } = new URL(request.url());
      if (protocol.startsWith('http')) hosts.add(`${protocol}//${host}`);
    });
    await page.goto(`${origin}/docs`);
    for (const { name } of (await currentDocument()).tags ?? [])
      await page.getByText(name, { exact: true }).first().waitFor({ state: 'attached' });
    await page.goto(`${origin}/docs#tag/Orders/operation/placeOrder`);
    await page.getByText('Buy, with a reservation token').first().waitFor({ state: 'attached' });
    expect(complaints).toEqual([]);
    expect([...hosts]).toEqual([origin]);
  } finally {
    await context.close();
  }
});

test('the document is small on the wire', async () => {
  const zipped = await app.request('/openapi.json', { headers: { 'accept-encoding': 'gzip' } });
  expect(zipped.headers.get('content-encoding')).toBe('gzip');
  const plain = await app.request('/openapi.json');
  expect(plain.headers.get('content-encoding')).toBeNull();
  expect((await zipped.arrayBuffer()).byteLength).toBeLessThan((await plain.arrayBuffer()).byteLength / 5);
});
