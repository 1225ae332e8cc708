import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findViolations } from '../conservation.ts';
import { HOLD_SECONDS, openSale, type Sale } from '../sale.fixture.ts';
import { expireHold } from './expire-hold.ts';
import { findOrder, type OrderWithItems } from './find.ts';
import { markPaid } from './mark-paid.ts';
import { markRefunded } from './mark-refunded.ts';

describe('money that arrives after the hold has expired', () => {
  let sale: Sale;
  let order: OrderWithItems;
  const email = 'ann@example.com';
  const now = () => new Date(sale.clock.now());
  const pay = (id = order.id) => markPaid(sale.sql, { orderId: id, providerId: 'pi_1', now: now() });
  const refund = () => markRefunded(sale.sql, { orderId: order.id, now: now() });
  const latePayment = async () => (await findOrder(sale.sql, order.id))?.late_payment;

  beforeEach(async () => {
    sale = await openSale({ units: 2, perCustomerLimit: 2 });
    await sale.offer({ productId: 'cap', price: 500, units: 3 });
    const items: typeof two = [...two];
    order = await sale.place({ email, items });
    sale.clock.advance(HOLD_SECONDS * 1_000);
    await expireHold(sale.sql, { orderId: order.id, now: now() });
  });
  afterEach(async () => {
    expect(await findViolations(sale.sql)).toEqual([]);
    await sale.close();
  });
  const two: [
    { productId: string; quantity: number; quotedPrice: null },
    { productId: string; quantity: number; quotedPrice: null },
  ] = [
    { productId: 'sneaker', quantity: 2, quotedPrice: null },
    { productId: 'cap', quantity: 1, quotedPrice: null },
  ];

  test('buys what is left, once, and the order and a mail say so', async () => {
    expect((await Promise.all([pay(), pay(), pay()])).sort()).toEqual([
      'already_paid',
      'already_paid',
      'paid_late',
    ]);
    expect(await sale.states(order.id)).toEqual({ order: 'paid', payment: 'succeeded' });
    expect(await latePayment()).toBe('bought');
    expect(await sale.units()).toEqual({ available: 0, held: 0, sold: 2 });
    expect(await sale.units('cap')).toEqual({ available: 2, held: 0, sold: 1 });
    const jobs = await sale.jobs();
    expect(jobs.filter((job) => job === 'email.send order_paid')).toHaveLength(1);
    expect(jobs.filter((job) => job === 'payment.refund')).toHaveLength(0);
    // The room gets the new figures at the purchase, at the expiry, and now.
    expect(jobs.filter((job) => job === 'slots.settle')).toHaveLength(3);
    expect(await refund()).toBe('refunded');
    expect(await sale.units()).toEqual({ available: 2, held: 0, sold: 0 });
  });

  test('goes back when one item is gone meanwhile, and the order and a mail say so', async () => {
    await sale.place();
    expect((await Promise.all([pay(), pay()])).sort()).toEqual(['refund_already_due', 'refund_due']);
    expect(await sale.states(order.id)).toEqual({ order: 'expired', payment: 'refund_pending' });
    expect(await latePayment()).toBe('refunded');
    expect(await sale.units('cap')).toEqual({ available: 3, held: 0, sold: 0 });
    await refund();
    expect((await sale.jobs(order.id)).filter((job) => job === 'email.send order_refunded')).toHaveLength(1);
    expect(await pay()).toBe('refund_already_due');
  });

  test('is refunded when its customer has reached the limit meanwhile', async () => {
    await sale.sql`update inventory set stock = 9, available = 9 where product_id = 'sneaker'`;
    await sale.place({ email, quantity: 1 });
    expect(await pay()).toBe('refund_due');
    expect(await sale.units()).toEqual({ available: 8, held: 1, sold: 0 });
  });

  test('never sells twice when another shopper orders the same units at the same moment', async () => {
    for (let round = 0; round < 20; round += 1) {
      const late = await sale.place({ items: two });
      sale.clock.advance(HOLD_SECONDS * 1_000);
      await expireHold(sale.sql, { orderId: late.id, now: now() });
      let [paid, bought]: [unknown, unknown] = [null, null];
      await sale.overlapAtInventory(() => {
        const race = [pay(late.id), sale.buy({ quantity: 1 })];
        const started = round % 2 ? race : race.toReversed();
        [paid, bought] = [race[0], race[1]];
        return started;
      });
      const outcomes = [await paid, ((await bought) as { outcome: string }).outcome];
      expect([
        ['paid_late', 'sold_out'],
        ['refund_due', 'placed'],
      ]).toContainEqual(outcomes);
      expect(await findViolations(sale.sql)).toEqual([]);
      await sale.sql`truncate orders, order_items, payments, purchase_counts, outbox cascade`;
      await sale.sql`update inventory set available = stock, held = 0, sold = 0`;
    }
    order = await sale.place();
  });

  test('is refunded at the moment it buys, and returns exactly the sold units', async () => {
    await sale.overlapAtInventory(() => [pay(), refund()]);
    await refund();
    expect(await sale.units()).toEqual({ available: 2, held: 0, sold: 0 });
    expect(await sale.units('cap')).toEqual({ available: 3, held: 0, sold: 0 });
  });
});
