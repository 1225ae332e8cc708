import { randomBytes, randomUUID } from 'node:crypto';
import { insertApiKey } from '@shopfast/db/api-keys';
import { connectDb } from '@shopfast/db/client';
import { openServiceRoles } from '@shopfast/db/testing';
import { hashKey } from '@shopfast/kit/admin/authenticate';
import { auditEntry, ENVIRONMENT } from '@shopfast/kit/admin/author';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from './app.ts';
import { createCatalog } from './catalog/catalog.ts';
import { BINDING, openShop, type Shop } from './shop.fixture.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ perCustomerLimit: 9 });
});
afterAll(() => shop.close());

test('the database role of the checkout may sell, change the catalogue and add to the audit log, nothing else', async () => {
  const { lifecycle, checkout } = shop;
  const url = (await openServiceRoles(shop.url))('checkout');
  const { sql } = connectDb(url, { name: 'role', max: 2, lifecycle, log: checkout.log });
  const catalog = createCatalog(sql);
  await catalog.refresh();
  const app = createApp({ ...checkout, sql, catalog });

  const id = randomUUID();
  const key = `adm_${randomBytes(24).toString('base64url')}`;
  await insertApiKey(
    shop.sql,
    { id, name: 'o', role: 'operator', hash: hashKey(key), prefix: 'adm_', created_by: 'test' },
    auditEntry(ENVIRONMENT, shop.clock.now(), { action: 'key.create', target: id }),
  );
  const ask = async (method: string, path: string, bearer: string, body?: object) => {
    const answer = await app.request(path, {
      method,
      headers: {
        authorization: `Bearer ${bearer}`,
        ...{ 'content-type': 'application/json', 'x-binding': BINDING, 'idempotency-key': randomUUID() },
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, never> };
  };

  const mug = { id: 'mug', name: 'Mug', price: 900, currency: 'eur', room: 'sale', stock: 5 };
  expect((await ask('POST', '/v1/admin/products', key, mug)).status).toBe(201);
  expect((await ask('PATCH', '/v1/admin/products/mug', key, { price: 1 })).status).toBe(200);
  expect((await ask('POST', '/v1/admin/products/mug/stock', key, { delta: 1 })).status).toBe(200);
  expect((await ask('GET', '/v1/admin/products', key)).status).toBe(200);
  await catalog.refresh();
  const items = ['mug', 'sneaker'].map((product_id) => ({ product_id, quantity: 1 }));
  const order = { items, email: 'ann@example.com', payment_method: 'pm_card_visa' };
  const placed = await ask('POST', '/v1/orders', await shop.token(), order);
  expect(placed.status).toBe(202);
  const { order: document, order_token: token } = placed.body as unknown as {
    order: { id: string };
    order_token: string;
  };
  expect((await ask('GET', `/v1/orders/${document.id}`, token)).status).toBe(200);
  const refund = `/v1/admin/orders/${document.id}/refund`;
  expect((await ask('POST', refund, key, { reason: 'none' })).status).toBe(409);
  expect((await ask('POST', `/v1/orders/${document.id}/cancel`, token)).status).toBe(200);

  await expect(sql`select * from audit`).rejects.toThrow('permission denied');
  await expect(sql`delete from orders`).rejects.toThrow('permission denied');
  await expect(sql`select * from signing_keys`).rejects.toThrow('permission denied');
  await expect(sql`select lottery_seed from rooms`).rejects.toThrow('permission denied');
});
