import { afterEach, beforeEach, expect, test } from 'vitest';
import { revokeToken } from '../revoked-tokens.ts';
import { openSale } from '../sale.fixture.ts';
import { soldOutPrecheck } from './refusal.ts';

let sale: Awaited<ReturnType<typeof openSale>>;
beforeEach(async () => {
  sale = await openSale({ units: 1 });
});
afterEach(() => sale.close());

const precheck = (
  ...queries: Array<{ jti?: string; room?: string; epoch?: number; productId?: string; quantity?: number }>
) =>
  soldOutPrecheck(
    sale.sql,
    queries.map((query) => ({
      jti: 'new',
      room: 'sale',
      epoch: 1,
      productId: 'sneaker',
      quantity: 1,
      ...query,
    })),
    new Date(sale.clock.now()),
  );

test('each of many queries has its own result, in order', async () => {
  await sale.offer({ productId: 'boot', units: 9 });
  await sale.offer({ productId: 'cap', units: 0 });
  const answers = await precheck({ productId: 'boot' }, { productId: 'cap' }, {}, { quantity: 2 });
  expect(answers).toEqual([false, true, false, true]);
});

test('a token that has bought or was revoked, or a product that is not on sale to it, is never "sold out"', async () => {
  const { jti } = await sale.place();
  await revokeToken(sale.sql, { jti: 'withdrawn', room: 'sale', at: new Date(sale.clock.now()) }, null);
  expect(await precheck({}, { jti }, { jti: 'withdrawn' })).toEqual([true, false, false]);
  expect(await precheck({ epoch: 2 })).toEqual([false]);
  expect(await precheck({ room: 'elsewhere' }, { productId: 'unheard-of' })).toEqual([false, false]);
  await sale.sql`update products set sale_starts_at = ${new Date(sale.clock.now() + 1_000)}`;
  expect(await precheck({})).toEqual([false]);
  sale.clock.advance(1_000);
  expect(await precheck({})).toEqual([true]);
  await sale.sql`update products set sale_ends_at = ${new Date(sale.clock.now())}`;
  expect(await precheck({})).toEqual([false]);
});
