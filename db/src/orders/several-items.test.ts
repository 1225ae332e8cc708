import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findViolations } from '../conservation.ts';
import { HOLD_SECONDS, openSale, type Sale } from '../sale.fixture.ts';
import { cancelOrder } from './cancel.ts';
import { expireHold } from './expire-hold.ts';
import { findOrder, findOrderByJti } from './find.ts';
import { markDeclined } from './mark-declined.ts';
import { markPaid } from './mark-paid.ts';
import { markRefunded } from './mark-refunded.ts';
import type { PurchaseResult, WantedItem } from './purchase.ts';

type Basket = [WantedItem, ...WantedItem[]];
const basket = (...wanted: [string, number][]) =>
  wanted.map(([productId, quantity]) => ({ productId, quantity, quotedPrice: null })) as Basket;

describe('an order of several products', () => {
  let sale: Sale;
  beforeEach(async () => {
    sale = await openSale({ units: 10, perCustomerLimit: 10 }, 10);
    await sale.offer({ productId: 'cap', price: 500, units: 6 });
    await sale.offer({ productId: 'bag', price: 1_000, units: 3 });
  });
  afterEach(() => sale.close());

  const all = async () => [await sale.units(), await sale.units('cap'), await sale.units('bag')];
  const full = [
    { available: 10, held: 0, sold: 0 },
    { available: 6, held: 0, sold: 0 },
    { available: 3, held: 0, sold: 0 },
  ];
  const three = basket(['sneaker', 1], ['cap', 2], ['bag', 3]);

  test('holds the units of all items, and costs their sum plus tax and shipping', async () => {
    const order = await sale.place({ items: three, tax: 90, shipping: 10 });
    expect(order.items).toEqual([
      { product_id: 'bag', quantity: 3, unit_price: 1_000 },
      { product_id: 'cap', quantity: 2, unit_price: 500 },
      { product_id: 'sneaker', quantity: 1, unit_price: 12_900 },
    ]);
    expect(order).toMatchObject({ product_id: 'bag', quantity: 3, unit_price: 1_000, total: 17_000 });
    expect((await findOrder(sale.sql, order.id))?.items).toEqual(order.items);
    expect((await findOrderByJti(sale.sql, order.jti))?.items).toEqual(order.items);
    expect(await sale.buy({ jti: order.jti, items: three })).toEqual({ outcome: 'duplicate', order });
    expect(await all()).toEqual([
      { available: 9, held: 1, sold: 0 },
      { available: 4, held: 2, sold: 0 },
      { available: 0, held: 3, sold: 0 },
    ]);
    expect(await sale.jobs()).toHaveLength(4);
    expect(await findViolations(sale.sql)).toEqual([]);
  });

  test('takes all or nothing: one product has too few units, another room or price, is unknown, or not on sale', async () => {
    await sale.offer({ productId: 'elsewhere', room: 'another', units: 9 });
    await sale.offer({ productId: 'dollars', currency: 'usd', units: 9 });
    await sale.offer({ productId: 'over', units: 9 });
    await sale.sql`update products set sale_ends_at = ${new Date(sale.clock.now())} where id = 'over'`;
    const outcome = async (...wanted: [string, number][]) => {
      const result = await sale.buy({ items: basket(['cap', 1], ...wanted), jti: 'patient' });
      return [result.outcome, 'productId' in result ? result.productId : null];
    };
    expect(await outcome(['bag', 4])).toEqual(['sold_out', 'bag']);
    expect(await outcome(['elsewhere', 1])).toEqual(['sold_out', 'elsewhere']);
    expect(await outcome(['nothing', 1])).toEqual(['sold_out', 'nothing']);
    expect(await outcome(['over', 1])).toEqual(['not_on_sale', 'over']);
    expect((await outcome(['dollars', 1]))[0]).toBe('sold_out');
    const expensive: Basket = [basket(['cap', 1])[0], { productId: 'bag', quantity: 1, quotedPrice: 1 }];
    expect(await sale.buy({ items: expensive })).toEqual({ outcome: 'price_changed', productId: 'bag' });
    expect(await all()).toEqual(full);
    for (const table of ['orders', 'order_items', 'payments', 'purchase_counts', 'outbox'])
      expect(await sale.count(table)).toBe(0);
    expect((await outcome(['bag', 3]))[0]).toBe('placed');
  });

  test('enforces the limit of a customer for each product separately', async () => {
    await sale.sql`update products set per_customer_limit = 2`;
    const email = 'ann@example.com';
    await sale.place({ email, items: basket(['cap', 1], ['bag', 2]) });
    expect(await sale.buy({ email, items: basket(['cap', 1], ['bag', 1]) })).toEqual({
      outcome: 'purchase_limit',
    });
    await sale.place({ email, items: basket(['cap', 1], ['sneaker', 1]) });
    expect(await findViolations(sale.sql)).toEqual([]);
  });

  test('moves all its units together, for every outcome', async () => {
    const now = () => new Date(sale.clock.now());
    const [paid, declined, cancelled, refunded] = await Promise.all(
      [1, 2, 3, 4].map(async () => (await sale.place({ items: basket(['cap', 1], ['sneaker', 1]) })).id),
    );
    await markPaid(sale.sql, { orderId: paid!, providerId: 'pi', now: now() });
    await markPaid(sale.sql, { orderId: refunded!, providerId: 'pi', now: now() });
    expect((await all()).slice(0, 2)).toEqual([
      { available: 6, held: 2, sold: 2 },
      { available: 2, held: 2, sold: 2 },
    ]);
    await markDeclined(sale.sql, { orderId: declined!, providerId: null, reason: 'no', now: now() });
    await cancelOrder(sale.sql, { orderId: cancelled!, now: now() });
    await markRefunded(sale.sql, { orderId: refunded!, now: now() });
    expect((await all()).slice(0, 2)).toEqual([
      { available: 9, held: 0, sold: 1 },
      { available: 5, held: 0, sold: 1 },
    ]);
    const last = await sale.place({ items: three });
    sale.clock.advance(HOLD_SECONDS * 1_000);
    expect(await expireHold(sale.sql, { orderId: last.id, now: now() })).toBe('expired');
    expect(await sale.units('bag')).toEqual({ available: 3, held: 0, sold: 0 });
    expect(await findViolations(sale.sql)).toEqual([]);
  });

  test('never deadlocks with an order that names the same products in reverse', async () => {
    await sale.sql`update inventory set stock = 400, available = 400`;
    const outcomes: string[] = [];
    for (let round = 0; round < 10; round += 1) {
      let buying: Promise<PurchaseResult>[] = [];
      await sale.overlapAtInventory(() => {
        buying = Array.from({ length: 9 }, (_, n) =>
          sale.buy({
            items: n % 3 === 0 ? three : n % 3 === 1 ? (three.toReversed() as Basket) : basket(['cap', 1]),
            email: 'everybody@example.com',
          }),
        );
        return buying;
      });
      outcomes.push(...(await Promise.all(buying)).map((result) => result.outcome));
      await sale.sql`update products set per_customer_limit = per_customer_limit + 100`;
    }
    expect(outcomes).toHaveLength(90);
    expect(new Set(outcomes)).toEqual(new Set(['placed', 'purchase_limit']));
    expect(await findViolations(sale.sql)).toEqual([]);
  });

  test('is never half sold: concurrent orders for the last units get all of theirs, or nothing', async () => {
    let buying: Promise<PurchaseResult>[] = [];
    await sale.overlapAtInventory(() => {
      buying = Array.from({ length: 9 }, (_, n) =>
        sale.buy({ items: n % 2 ? basket(['bag', 1], ['cap', 1]) : basket(['cap', 1], ['bag', 1]) }),
      );
      return buying;
    });
    const outcomes = (await Promise.all(buying)).map((result) => result.outcome).sort();
    expect(outcomes).toEqual([...Array(3).fill('placed'), ...Array(6).fill('sold_out')]);
    expect(await sale.units('cap')).toEqual({ available: 3, held: 3, sold: 0 });
    expect(await findViolations(sale.sql)).toEqual([]);
  });

  test('buys once per token, also when requests for different products race', async () => {
    let buying: Promise<PurchaseResult>[] = [];
    await sale.overlapAtInventory(() => {
      const baskets = [
        basket(['cap', 1], ['bag', 1]),
        basket(['bag', 1], ['sneaker', 1]),
        basket(['sneaker', 1]),
      ];
      buying = Array.from({ length: 9 }, (_, n) => sale.buy({ jti: 'once', items: baskets[n % 3]! }));
      return buying;
    });
    const outcomes = (await Promise.all(buying)).map((result) => result.outcome).sort();
    expect(outcomes).toEqual([...Array(8).fill('duplicate'), 'placed']);
    expect(await findViolations(sale.sql)).toEqual([]);
  });
});
