import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findViolations } from './conservation.ts';
import { markPaid } from './orders/mark-paid.ts';
import { openSale, type Sale } from './sale.fixture.ts';

/** Each test violates one guarantee by hand, past the constraints, and expects the query to report it. */
describe('the conservation query', () => {
  let sale: Sale;
  let paid: string;
  beforeEach(async () => {
    sale = await openSale();
    paid = (await sale.place()).id;
    await markPaid(sale.sql, { orderId: paid, providerId: 'pi', now: new Date() });
    await sale.place();
  });
  afterEach(() => sale.close());

  const rules = async () => (await findViolations(sale.sql)).map((violation) => violation.rule);

  test('returns no row when all guarantees hold', async () => {
    expect(await rules()).toEqual([]);
  });

  test('reports a unit that appeared from nowhere', async () => {
    await sale.sql`alter table inventory drop constraint inventory_conserved`;
    await sale.sql`update inventory set available = available + 1`;
    expect(await findViolations(sale.sql)).toEqual([
      { rule: 'units in stock = available + held + sold', subject: 'sneaker', expected: 50, found: 51 },
    ]);
  });

  test('reports a hold without an order, and a sale without one', async () => {
    await sale.sql`update inventory set available = available - 1, held = held + 1`;
    expect(await rules()).toEqual(['units held = units of unpaid orders']);
    await sale.sql`update inventory set held = held - 1, sold = sold + 1`;
    expect(await rules()).toEqual(['units sold = units of paid orders']);
  });

  test('reports a token that bought twice', async () => {
    await sale.sql`alter table orders drop constraint orders_jti_once`;
    await sale.sql`update orders set jti = 'one'`;
    expect(await findViolations(sale.sql)).toEqual([
      { rule: 'a token buys once', subject: 'one', expected: 1, found: 2 },
    ]);
  });

  test('reports a customer who is counted wrongly, or not at all', async () => {
    await sale.sql`update purchase_counts set units = 0, claimed_units = 0`;
    expect(await rules()).toEqual(Array(2).fill('units counted for a customer = units of their orders'));
    await sale.sql`delete from purchase_counts`;
    expect(await rules()).toEqual(Array(2).fill('units counted for a customer = units of their orders'));
  });

  test('reports an order whose total differs from its items', async () => {
    await sale.sql`update orders set total = total - 1 where state = 'paid'`;
    expect(await rules()).toEqual(['an order costs its items, tax and shipping']);
  });

  test('reports money that was kept without an order', async () => {
    await sale.sql`update payments set state = 'succeeded'`;
    expect(await rules()).toEqual(['money is kept for paid orders, and for no other']);
  });
});
