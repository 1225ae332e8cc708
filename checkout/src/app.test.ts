import { connectDb } from '@shopfast/db/client';
import { createDatabaseBulkhead } from '@shopfast/db/database-bulkhead';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createApp } from './app.ts';
import { healthRoutes } from './health.ts';
import { openShop, refusal, type Shop } from './shop.fixture.ts';

describe('the checkout', () => {
  let shop: Shop;
  beforeEach(async () => {
    shop = await openShop();
  });
  afterEach(() => shop.close());

  test('is ready while the database answers and it is not draining', async () => {
    const status = async (app: Shop['app']) => (await app.request('/readyz')).status;
    const { sql } = connectDb('postgres://nobody:x@127.0.0.1:1/nowhere', {
      name: 'away',
      lifecycle: shop.lifecycle,
      log: shop.checkout.log,
    });
    const away = { ...shop.checkout, sql, database: createDatabaseBulkhead({ slots: 1 }) };
    expect(await status(shop.app)).toBe(200);
    expect(await status(createApp(shop.checkout, () => true))).toBe(503);
    expect(await status(createApp(away))).toBe(503);
    expect((await createApp(away).request('/healthz')).status).toBe(200);
  });

  test('is not ready without its pages, and says what to do', async () => {
    const answer = await healthRoutes(shop.checkout, () => false, 'The pages are not built.').request(
      '/readyz',
    );
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await answer.json()).toEqual({ status: 'The pages are not built.' });
  });

  test('describes every call that it answers', async () => {
    const document = (await (await shop.app.request('/openapi.json')).json()) as {
      openapi: string;
      paths: Record<string, Record<string, { responses: object }>>;
    };
    expect(document.openapi).toBe('3.1.0');
    const calls = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(calls.sort()).toEqual([
      'DELETE /v1/me',
      'DELETE /v1/me/sessions',
      'DELETE /v1/me/sessions/{id}',
      'GET /v1/admin/products',
      'GET /v1/admin/products/{id}',
      'GET /v1/me',
      'GET /v1/me/guest-orders',
      'GET /v1/me/orders',
      'GET /v1/me/sessions',
      'GET /v1/orders/{id}',
      'GET /v1/orders/{id}/events',
      'GET /v1/payments/options',
      'GET /v1/products',
      'GET /v1/products/{id}',
      'PATCH /v1/admin/products/{id}',
      'PATCH /v1/me',
      'POST /v1/admin/orders/{id}/refund',
      'POST /v1/admin/products',
      'POST /v1/admin/products/{id}/stock',
      'POST /v1/auth/change-password',
      'POST /v1/auth/request-password-reset',
      'POST /v1/auth/reset-password',
      'POST /v1/auth/sign-in',
      'POST /v1/auth/sign-out',
      'POST /v1/auth/sign-out-everywhere',
      'POST /v1/auth/sign-up',
      'POST /v1/auth/verify-email',
      'POST /v1/me/guest-orders/adopt',
      'POST /v1/me/guest-orders/disown',
      'POST /v1/orders',
      'POST /v1/orders/{id}/cancel',
      'POST /v1/payments/webhook',
    ]);
    expect(Object.keys(document.paths['/v1/orders']?.post?.responses ?? {})).toContain('409');
  });

  test('answers an unknown path with a problem, and every answer with an id and safe headers', async () => {
    const headers = { 'x-request-id': 'request-42' };
    const from = (remoteAddress: string) => ({ incoming: { socket: { remoteAddress }, headers } });
    const response = await shop.app.request('/v1/nothing', { headers }, from('127.0.0.1'));
    expect(response.headers.get('x-request-id')).toBe('request-42');
    const stranger = await shop.app.request('/v1/nothing', { headers }, from('203.0.113.5'));
    expect(stranger.headers.get('x-request-id')).toMatch(/^[\w-]{12}$/);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await refusal(response)).toBe('404 not_found');
  });

  test('serves the pages of the shop with no-store, because only admitted shoppers may see them', async () => {
    for (const path of ['/shop', '/shop/products/sneaker']) {
      const response = await shop.app.request(path);
      expect(response.status).toBe(200);
      expect(response.headers.get('cache-control')).toBe('private, no-store');
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    }
  });
});
