import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { findViolations } from '../conservation.ts';
import { HOLD_SECONDS, openSale, type Sale } from '../sale.fixture.ts';
import { cancelOrder } from './cancel.ts';
import { expireHold } from './expire-hold.ts';
import { markDeclined } from './mark-declined.ts';
import { markPaid } from './mark-paid.ts';
import { markRefunded } from './mark-refunded.ts';
import { startPayment } from './payment-attempt.ts';

describe('50 units and a rush', () => {
  let sale: Sale;
  afterEach(() => sale.close());

  test('are never oversold: 200 concurrent buyers, over 10 connections, with declines and expiries in between', async () => {
    sale = await openSale({ units: 50 }, 10);
    const end = (id: string, outcome: number) => {
      const now = new Date(sale.clock.now() + (outcome === 2 ? HOLD_SECONDS * 1000 : 0));
      if (outcome === 0) return markDeclined(sale.sql, { orderId: id, providerId: null, reason: 'no', now });
      if (outcome === 2) return expireHold(sale.sql, { orderId: id, now });
      return markPaid(sale.sql, { orderId: id, providerId: 'pi', now });
    };
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, async (_, n) => {
        const bought = await sale.buy();
        if (bought.outcome === 'placed') await end(bought.order.id, n % 4);
        return bought.outcome;
      }),
    );
    const [row] = await sale.sql`select count(*) filter (where state = 'paid') as paid from orders`;
    expect(outcomes.filter((outcome) => outcome === 'sold_out').length).toBeGreaterThan(0);
    expect(outcomes.filter((outcome) => outcome === 'placed').length).toBeGreaterThanOrEqual(50);
    expect(row?.paid).toBeLessThanOrEqual(50);
    expect((await sale.units()).sold).toBe(row?.paid);
    expect(await findViolations(sale.sql)).toEqual([]);
  });

  test('are all held when 60 buyers come, and ten get nothing', async () => {
    sale = await openSale({ units: 50 }, 10);
    const outcomes = await Promise.all(Array.from({ length: 60 }, async () => (await sale.buy()).outcome));
    expect(outcomes.filter((outcome) => outcome === 'placed')).toHaveLength(50);
    expect(outcomes.filter((outcome) => outcome === 'sold_out')).toHaveLength(10);
    expect(await sale.units()).toEqual({ available: 0, held: 50, sold: 0 });
    expect(await findViolations(sale.sql)).toEqual([]);
  });
});

/** One action of a shopper, a worker or a provider on one of the orders so far. */
const step = fc.record({
  kind: fc.constantFrom('buy', 'buy', 'start', 'pay', 'decline', 'expire', 'cancel', 'refund'),
  target: fc.nat({ max: 9 }),
  items: fc.uniqueArray(
    fc.record({
      productId: fc.constantFrom('sneaker', 'cap', 'bag'),
      quantity: fc.integer({ min: 1, max: 3 }),
      quotedPrice: fc.constant(null),
    }),
    { minLength: 1, maxLength: 3, selector: (item) => item.productId },
  ),
  customer: fc.constantFrom('ann', 'bob', 'cleo'),
});

describe('for any actions in any order', () => {
  let sale: Sale;
  beforeAll(async () => {
    sale = await openSale({ units: 8, perCustomerLimit: 4 });
    await sale.offer({ productId: 'cap', units: 5, perCustomerLimit: 3 });
    await sale.offer({ productId: 'bag', units: 3, perCustomerLimit: 3 });
  });
  afterAll(() => sale.close());

  test('units, tokens, limits and money are conserved', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), { maxLength: 8 }),
        async (waves) => {
          await sale.sql`truncate orders, order_items, payments, purchase_counts, outbox cascade`;
          await sale.sql`update inventory set available = stock, held = 0, sold = 0`;
          const now = new Date(sale.clock.now());
          const later = new Date(now.getTime() + HOLD_SECONDS * 1000);
          const ids: string[] = [];
          for (const wave of waves) {
            const known = [...ids];
            await Promise.all(
              wave.map(async ({ kind, target, items, customer }) => {
                const orderId = known[target];
                if (kind === 'buy') {
                  const email = `${customer}@example.com`;
                  const [first, ...further] = items;
                  const bought = await sale.buy({
                    jti: `token-${target}`,
                    items: [first!, ...further],
                    email,
                  });
                  if (bought.outcome === 'placed') ids.push(bought.order.id);
                } else if (!orderId) return;
                else if (kind === 'start') await startPayment(sale.sql, { orderId, provider: 'stripe', now });
                else if (kind === 'pay') await markPaid(sale.sql, { orderId, providerId: 'pi', now });
                else if (kind === 'decline')
                  await markDeclined(sale.sql, { orderId, providerId: null, reason: 'no', now });
                else if (kind === 'expire') await expireHold(sale.sql, { orderId, now: later });
                else if (kind === 'cancel') await cancelOrder(sale.sql, { orderId, now });
                else await markRefunded(sale.sql, { orderId, now });
              }),
            );
            expect(await findViolations(sale.sql)).toEqual([]);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
