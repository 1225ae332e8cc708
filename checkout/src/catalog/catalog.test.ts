import { productDocument } from '@shopfast/kit/contracts/api';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { openShop, refusal, type Shop } from '../shop.fixture.ts';
import { availability, createCatalog, keepFresh } from './catalog.ts';

describe('the catalogue', () => {
  let shop: Shop;
  beforeEach(async () => {
    shop = await openShop();
  });
  afterEach(() => shop.close());

  test('shows each product, cacheable for a second', async () => {
    const response = await shop.app.request('/v1/products');
    expect(response.headers.get('cache-control')).toBe('public, max-age=1');
    const { products } = z
      .object({ products: z.array(productDocument.strict()) })
      .parse(await response.json());
    expect(products).toEqual([
      {
        id: 'sneaker',
        name: 'Sneaker',
        description: '',
        price: 12_900,
        currency: 'eur',
        room: 'sale',
        per_customer_limit: 1,
        sale_starts_at: null,
        sale_ends_at: null,
        availability: 'available',
      },
    ]);
    const one = await shop.app.request('/v1/products/sneaker');
    expect(await one.json()).toEqual(products[0]);
    expect(await refusal(shop.app.request('/v1/products/unheard-of'))).toBe('404 product_unknown');
  });

  test('answers 304 until something changes', async () => {
    for (const path of ['/v1/products', '/v1/products/sneaker']) {
      const first = await shop.app.request(path);
      const headers = { 'if-none-match': first.headers.get('etag') as string };
      const again = await shop.app.request(path, { headers });
      expect([again.status, await again.text()]).toEqual([304, '']);
      expect(again.headers.get('cache-control')).toBe('public, max-age=1');

      await shop.sql`update products set price = price + 1`;
      await shop.checkout.catalog.refresh();
      expect((await shop.app.request(path, { headers })).status).toBe(200);
    }
  });

  test('asks the database once per refresh, for any number of readers', async () => {
    await shop.sql`create extension if not exists pg_stat_statements`;
    const reads = async () => {
      const [row] = await shop.sql<{ calls: number }[]>`
        select coalesce(sum(calls), 0)::int as calls from pg_stat_statements
        where dbid = (select oid from pg_database where datname = current_database())
          and query like '%i.stock, i.available, i.held%' and query not like '%pg_stat%'`;
      return row!.calls;
    };
    const before = await reads();
    await Promise.all(Array.from({ length: 200 }, () => shop.app.request('/v1/products/sneaker')));
    expect(await reads()).toBe(before);
    await shop.checkout.catalog.refresh();
    expect(await reads()).toBe(before + 1);
  });

  test('follows the stock by itself, until it is closed', async () => {
    const lifecycle = createLifecycle();
    const catalog = createCatalog(shop.sql);
    expect(() => catalog.products()).toThrow('unavailable for a moment');
    await keepFresh(catalog, { lifecycle, log: shop.checkout.log });
    expect(catalog.product('sneaker').availability).toBe('available');
    await shop.sql`update inventory set available = 0, held = 50`;
    await vi.waitFor(() => expect(catalog.product('sneaker').availability).toBe('reserved'), {
      timeout: 5_000,
    });
    await lifecycle.close();
  });
});

test('availability is shown without figures', () => {
  const of = (available: number, held: number, stock = 100) => availability({ available, held, stock });
  expect([of(100, 0), of(21, 79), of(20, 80), of(1, 0)]).toEqual(['available', 'available', 'low', 'low']);
  expect([of(6, 0, 10), of(5, 0, 10)]).toEqual(['available', 'low']);
  expect([of(0, 1), of(0, 0)]).toEqual(['reserved', 'sold_out']);
});
