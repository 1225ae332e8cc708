import { randomBytes, randomUUID } from 'node:crypto';
import { insertApiKey } from '@shopfast/db/api-keys';
import { listAudit } from '@shopfast/db/audit';
import { findViolations } from '@shopfast/db/conservation';
import { hashKey } from '@shopfast/kit/admin/authenticate';
import { auditEntry, ENVIRONMENT } from '@shopfast/kit/admin/author';
import type { Role } from '@shopfast/kit/admin/roles';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openShop, type Shop } from '../../shop.fixture.ts';

let shop: Shop;
let keys: Record<Role, string>;
beforeEach(async () => {
  shop = await openShop({ units: 10, perCustomerLimit: 3 });
  keys = {
    viewer: await makeKey('viewer'),
    operator: await makeKey('operator'),
    owner: await makeKey('owner'),
  };
});
afterEach(() => shop.close());

async function makeKey(role: Role): Promise<string> {
  const key = `adm_${randomBytes(24).toString('base64url')}`;
  const row = { id: randomUUID(), name: role, role, hash: hashKey(key), prefix: key.slice(0, 10) };
  const entry = auditEntry(ENVIRONMENT, shop.clock.now(), { action: 'key.create', target: row.id });
  await insertApiKey(shop.sql, { ...row, created_by: 'test' }, entry);
  return key;
}

// biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape
type Answer = { status: number; headers: Headers; body: any };
async function call(
  method: string,
  path = '',
  body?: unknown,
  headers = {},
  key = keys.operator,
): Promise<Answer> {
  const response = await shop.app.request(`/v1/admin/products${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}
const mug = {
  id: 'mug',
  name: 'Mug',
  price: 900,
  currency: 'EUR',
  room: 'sale',
  stock: 5,
  per_customer_limit: 2,
};
const settled = async () =>
  (
    await shop.sql<
      { room: string }[]
    >`select payload ->> 'room' as room from outbox where name = 'slots.settle' order by id`
  ).map(({ room }) => room);
const shown = (id: string) =>
  vi.waitFor(
    async () => {
      const response = await shop.app.request(`/v1/products/${id}`);
      expect(response.status).toBe(200);
      return (await response.json()) as Record<string, unknown>;
    },
    { timeout: 15_000 },
  );

describe('an operator', () => {
  test('creates a product that is on sale at once, and notifies its room of the units', async () => {
    const made = await call('POST', '', mug);
    expect(made.status).toBe(201);
    expect(made.headers.get('location')).toBe('/v1/admin/products/mug');
    expect(made.body).toMatchObject({
      ...mug,
      available: 5,
      held: 0,
      sold: 0,
      version: 1,
      sale_starts_at: null,
    });
    expect((await call('GET', '/mug')).body).toEqual(made.body);
    expect(await settled()).toEqual(['sale']);
    expect(await shown('mug')).toMatchObject({ name: 'Mug', room: 'sale', availability: 'low' });
    await shop.accepted({ product_id: 'mug', quantity: 2 });
    expect((await call('GET', '/mug')).body).toMatchObject({ available: 3, held: 2 });
    expect(await findViolations(shop.sql)).toEqual([]);
    expect((await call('POST', '', mug)).body.code).toBe('product_exists');
    const cup = { ...mug, id: 'cup' };
    const key = { 'idempotency-key': 'new-cup' };
    expect((await call('POST', '', cup, key)).status).toBe(201);
    expect((await call('POST', '', cup, key)).status).toBe(201);
  });

  test('names a currency in any case, and it is stored in one', async () => {
    expect((await call('POST', '', { ...mug, currency: 'eur' })).body.currency).toBe('EUR');
  });

  test('changes a product: the next purchase costs the new price, and the audit log has before and after', async () => {
    const ends = new Date(shop.clock.now() + 60_000).toISOString();
    const change = { price: 500, per_customer_limit: 1, sale_ends_at: ends };
    const changed = await call('PATCH', '/sneaker', change);
    expect(changed.body).toMatchObject({ ...change, name: 'Sneaker', room: 'sale', version: 2 });
    expect((await shop.accepted()).order.total).toBe(500);
    const [entry] = await listAudit(shop.sql, { target: 'sneaker', limit: 1 });
    expect(entry).toMatchObject({
      action: 'product.update',
      role: 'operator',
      before: { price: 12_900, per_customer_limit: 3, sale_ends_at: null },
      after: change,
    });
    // A change that the room does not need to know.
    expect(await settled()).toEqual(['sale']);
  });

  test('changes the version that they read, or gets an edit conflict', async () => {
    const { headers } = await call('GET', '/sneaker');
    const etag = { 'if-match': headers.get('etag') };
    expect((await call('PATCH', '/sneaker', { price: 1 }, etag)).status).toBe(200);
    expect((await call('PATCH', '/sneaker', { price: 2 }, etag)).body.code).toBe('edit_conflict');
    expect((await call('PATCH', '/sneaker', { price: 2 }, { 'if-match': 'x' })).status).toBe(412);
    expect((await call('GET', '/sneaker')).body.price).toBe(1);
    const race = await Promise.all(
      [3, 4, 5].map((price) => call('PATCH', '/sneaker', { price }, { 'if-match': '"2"' })),
    );
    expect(race.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
  });

  test('adds and removes units, but never held or sold ones', async () => {
    await shop.accepted({ quantity: 3 });
    expect((await call('POST', '/sneaker/stock', { delta: 5 })).body).toMatchObject({
      stock: 15,
      available: 12,
      held: 3,
    });
    expect((await call('POST', '/sneaker/stock', { delta: -13 })).body.code).toBe('stock_out_of_range');
    expect((await call('POST', '/sneaker/stock', { delta: -12 })).body).toMatchObject({
      stock: 3,
      available: 0,
      held: 3,
    });
    expect((await call('POST', '/sneaker/stock', { delta: 1_000_000_000 })).body.code).toBe(
      'stock_out_of_range',
    );
    expect((await call('POST', '/nothing/stock', { delta: 1 })).body.code).toBe('product_unknown');
    const [entry] = await listAudit(shop.sql, { target: 'sneaker', limit: 1 });
    expect(entry).toMatchObject({
      action: 'product.stock',
      before: { stock: 15, available: 12 },
      after: { stock: 3, available: 0 },
    });
    expect(await settled()).toEqual(['sale', 'sale', 'sale']);
    expect(await findViolations(shop.sql)).toEqual([]);
  });

  test('adds units once per Idempotency-Key, and removes available units while shoppers buy', async () => {
    const key = { 'idempotency-key': 'delivery-1' };
    const [first, again] = [
      await call('POST', '/sneaker/stock', { delta: 5 }, key),
      await call('POST', '/sneaker/stock', { delta: 5 }, key),
    ];
    expect([again.status, again.body]).toEqual([first.status, first.body]);
    expect((await call('POST', '/sneaker/stock', { delta: 6 }, key)).status).toBe(422);
    expect((await call('GET', '/sneaker')).body.stock).toBe(15);
    await Promise.all([
      ...Array.from({ length: 8 }, () => shop.buy()),
      ...Array.from({ length: 7 }, () => call('POST', '/sneaker/stock', { delta: -1 })),
    ]);
    expect(await findViolations(shop.sql)).toEqual([]);
    const { stock, available, held } = (await call('GET', '/sneaker')).body;
    expect({ stock, sum: available + held }).toEqual({ stock: 8, sum: 8 });
  });

  test('moves a product to another room and notifies both rooms', async () => {
    expect((await call('PATCH', '/sneaker', { room: 'second' })).body.room).toBe('second');
    expect((await settled()).sort()).toEqual(['sale', 'second']);
    expect((await call('PATCH', '/sneaker', { room: null })).body.room).toBe(null);
    expect((await settled()).sort()).toEqual(['sale', 'second', 'second']);
  });

  test('sees all products, page by page', async () => {
    await call('POST', '', mug);
    const ids = async (query: string) =>
      (await call('GET', query)).body.products.map(({ id }: { id: string }) => id);
    expect(await ids('')).toEqual(['mug', 'sneaker']);
    expect(await ids('?limit=1')).toEqual(['mug']);
    expect(await ids('?limit=1&after=mug')).toEqual(['sneaker']);
  });
});

test.each([
  ['POST', '', { ...mug, price: -1 }],
  ['POST', '', { ...mug, price: 1.5 }],
  ['POST', '', { ...mug, currency: 'euros' }],
  ['POST', '', { ...mug, id: 'Mug / 1' }],
  ['POST', '', { ...mug, id: 'constructor' }],
  ['POST', '', { ...mug, room: 'constructor' }],
  ['POST', '', { ...mug, name: 'a\u0000b' }],
  ['POST', '', { ...mug, description: '\ud83d' }],
  ['PATCH', '/sneaker', { sale_starts_at: '9999-12-31T23:59:59-23:59' }],
  ['POST', '', { ...mug, stock: -1 }],
  ['POST', '', { ...mug, name: undefined }],
  ['POST', '', { ...mug, sale_starts_at: '2026-01-02T00:00:00Z', sale_ends_at: '2026-01-01T00:00:00Z' }],
  ['PATCH', '/sneaker', { currency: 'USD' }],
  ['PATCH', '/sneaker', { stock: 5 }],
  ['PATCH', '/sneaker', { per_customer_limit: 0 }],
  ['PATCH', '/sneaker', { sale_ends_at: 'tomorrow' }],
  ['POST', '/sneaker/stock', { delta: 0.5 }],
  ['POST', '/sneaker/stock', {}],
])('%s %s %j is refused and changes nothing', async (method, path, body) => {
  const before = (await call('GET')).body;
  expect((await call(method, path, body)).body.code).toBe('invalid_request');
  expect((await call('GET')).body).toEqual(before);
});

test('a viewer can read but not change; without a valid key nobody can read', async () => {
  expect((await call('GET', '/sneaker', undefined, {}, keys.viewer)).status).toBe(200);
  for (const [method, path, body] of [
    ['POST', '', mug],
    ['PATCH', '/sneaker', { price: 1 }],
    ['POST', '/sneaker/stock', { delta: 1 }],
  ] as const)
    expect((await call(method, path, body, {}, keys.viewer)).body.code).toBe('role_forbidden');
  const stranger = `adm_${'x'.repeat(40)}`;
  for (const path of ['', '/sneaker', '/nothing'])
    expect((await call('GET', path, undefined, {}, stranger)).body.code).toBe('key_invalid');
  expect((await call('GET', '/nothing', undefined, {}, keys.owner)).body.code).toBe('product_unknown');
  expect((await call('GET', '/sneaker')).body).toMatchObject({ price: 12_900, stock: 10 });
});
