import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import http, { type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FREE_PORTS, type System, startSystem } from '@shopfast/sandbox/system/system';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openChromium } from './chromium.ts';
import { chromiumPath } from './env.ts';

// A shop that knows nothing about waiting rooms, behind the gateway, and a real browser.
let shop: Server;
let folder: string;
let system: System;
let browser: Browser;
beforeAll(async () => {
  shop = http.createServer((incoming, outgoing) => {
    outgoing.setHeader('Content-Type', 'text/html');
    if (incoming.url === '/checkout/done') outgoing.setHeader('Waitroom-Release', '1');
    outgoing.end(
      `<title>Old shop</title><h1>Old shop ${incoming.url}</h1><pre>${incoming.headers.cookie ?? ''}</pre>`,
    );
  });
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
  folder = await mkdtemp(join(tmpdir(), 'protect-'));
  const config = join(folder, 'protect.json');
  await writeFile(
    config,
    JSON.stringify({
      upstreams: { shop: `http://127.0.0.1:${(shop.address() as AddressInfo).port}` },
      rules: [
        { path: '/checkout/*', upstream: 'shop', room: 'drop' },
        { path: '/*', upstream: 'shop', open: true },
      ],
    }),
  );
  system = await startSystem({
    ports: FREE_PORTS,
    logLevel: 'warn',
    env: { gateway: { PROTECT_CONFIG: config } },
  });
  browser = await openChromium(chromiumPath());
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await system?.stop();
  await rm(folder, { recursive: true, force: true });
  await new Promise((resolve) => shop.close(resolve));
}, 60_000);

async function admin(method: string, path: string, body?: object): Promise<void> {
  const answer = await fetch(`${system.urls.gateway}/v1/admin${path}`, {
    method,
    headers: { authorization: `Bearer ${system.adminKey}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  expect(answer.ok).toBe(true);
}

test('a shopper who opens the checkout of an existing shop waits first, returns to the same page, and orders once', {
  timeout: 60_000,
}, async () => {
  await admin('POST', '/rooms', { id: 'drop', poll_min_ms: 500 });
  await admin('POST', '/rooms/drop/open');
  const context = await browser.newContext({ locale: 'en-GB' });
  const page = await context.newPage();
  const { gateway } = system.urls;
  await page.goto(`${gateway}/catalogue`);
  expect(await page.locator('h1').textContent()).toBe('Old shop /catalogue');

  await page.goto(`${gateway}/checkout/pay?item=3`);
  expect(new URL(page.url()).pathname).toBe('/w/drop');
  await page.waitForURL(`${gateway}/checkout/pay?item=3`, { timeout: 30_000 });
  expect(await page.locator('h1').textContent()).toBe('Old shop /checkout/pay?item=3');
  expect(await page.locator('pre').textContent()).toBe('');

  await page.goto(`${gateway}/checkout/done`);
  expect(await page.locator('h1').textContent()).toBe('Old shop /checkout/done');
  const names = (await context.cookies()).map((cookie) => cookie.name);
  expect(names).toEqual(['__Host-ticket_drop']);
  await page.goto(`${gateway}/checkout/pay`);
  expect(new URL(page.url()).pathname).toBe('/w/drop');
  await context.close();
});
