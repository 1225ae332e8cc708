import { jobs } from '@shopfast/kit/contracts/jobs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findViolations } from '../conservation.ts';
import { revokeToken } from '../revoked-tokens.ts';
import { openSale, putRoom, type Sale } from '../sale.fixture.ts';
import { seed } from '../seed.ts';
import type { PurchaseResult } from './purchase.ts';

const TABLES = ['orders', 'payments', 'purchase_counts', 'outbox'];

describe('a purchase', () => {
  let sale: Sale;
  beforeEach(async () => {
    sale = await openSale({ units: 3, perCustomerLimit: 2 });
  });
  afterEach(() => sale.close());

  const revoke = (jti: string) =>
    revokeToken(sale.sql, { jti, room: 'sale', at: new Date(sale.clock.now()) }, null);
  const rows = () => Promise.all(TABLES.map((table) => sale.count(table)));

  test('holds the units at the catalogue price and writes payment, count and jobs', async () => {
    const order = await sale.place({ quantity: 2, email: 'Ann+shop@Example.com' });
    expect(order).toMatchObject({
      state: 'pending_payment',
      unit_price: 12_900,
      total: 25_800,
      currency: 'eur',
      customer_key: 'ann@example.com',
    });
    expect(await sale.units()).toEqual({ available: 1, held: 2, sold: 0 });
    expect(await sale.states(order.id)).toEqual({ order: 'pending_payment', payment: 'new' });
    expect(await sale.jobs()).toEqual([
      'payment.charge',
      'email.send order_received',
      'holds.expire',
      'slots.settle',
    ]);
    expect(await findViolations(sale.sql)).toEqual([]);
  });

  test('writes jobs that match their contracts', async () => {
    await sale.place();
    const written = await sale.sql<{ name: keyof typeof jobs; queue: string; payload: unknown }[]>`
      select name, queue, payload from outbox`;
    expect(written).toHaveLength(4);
    for (const { name, queue, payload } of written) {
      expect(queue).toBe(jobs[name].queue);
      expect(jobs[name].payload.parse(payload)).toEqual(payload);
    }
  });

  test('delays the expiry job until the hold expires', async () => {
    const order = await sale.place();
    const [job] = await sale.sql`select delay_until from outbox where name = 'holds.expire'`;
    expect(job?.delay_until).toEqual(order.hold_until);
  });

  test('buys once per token when it is sent repeatedly', async () => {
    const first = await sale.place({ jti: 'once' });
    const again = await sale.buy({ jti: 'once' });
    expect(again).toEqual({ outcome: 'duplicate', order: first });
    expect(await sale.units()).toEqual({ available: 2, held: 1, sold: 0 });
    expect(await rows()).toEqual([1, 1, 1, 4]);
  });

  test('buys once per token when many copies are sent concurrently', async () => {
    let buying: Promise<PurchaseResult>[] = [];
    await sale.overlapAtInventory(() => {
      buying = Array.from({ length: 8 }, () => sale.buy({ jti: 'once' }));
      return buying;
    });
    const outcomes = (await Promise.all(buying)).map((result) => result.outcome).sort();
    expect(outcomes).toEqual([...Array(7).fill('duplicate'), 'placed']);
    expect(await sale.units()).toEqual({ available: 2, held: 1, sold: 0 });
    expect(await rows()).toEqual([1, 1, 1, 4]);
    expect(await findViolations(sale.sql)).toEqual([]);
  });

  test('buys once per token when it races for two products of its room', async () => {
    const shirt = { room: 'sale', productId: 'shirt', name: 'Shirt', price: 100, currency: 'eur' };
    await seed(sale.sql, { ...shirt, units: 3, perCustomerLimit: 1 });
    let buying: Promise<PurchaseResult>[] = [];
    await sale.overlapAtInventory(() => {
      buying = Array.from({ length: 8 }, (_, n) =>
        sale.buy({ jti: 'once', productId: n % 2 ? 'shirt' : 'sneaker' }),
      );
      return buying;
    });
    const outcomes = (await Promise.all(buying)).map((result) => result.outcome).sort();
    expect(outcomes).toEqual([...Array(7).fill('duplicate'), 'placed']);
    expect(await findViolations(sale.sql)).toEqual([]);
  });

  test('reports a spent token even when everything is sold', async () => {
    const first = await sale.place({ jti: 'once' });
    await sale.place();
    await sale.place();
    expect(await sale.buy({ jti: 'once' })).toEqual({ outcome: 'duplicate', order: first });
  });

  test('with a revoked token takes nothing, even when everything is sold', async () => {
    await revoke('withdrawn');
    const before = await rows();
    expect(await sale.buy({ jti: 'withdrawn' })).toEqual({ outcome: 'revoked' });
    expect(await rows()).toEqual(before);
    expect(await sale.units()).toEqual({ available: 3, held: 0, sold: 0 });
    for (const _ of [1, 2, 3]) await sale.place();
    expect(await sale.buy({ jti: 'withdrawn' })).toEqual({ outcome: 'revoked' });
    expect(await sale.buy()).toEqual({ outcome: 'sold_out', productId: 'sneaker' });
  });

  test('stays valid when its token is revoked later, and is found again', async () => {
    const order = await sale.place({ jti: 'late' });
    await revoke('late');
    await revoke('late');
    expect(await sale.buy({ jti: 'late' })).toEqual({ outcome: 'duplicate', order });
    expect(await sale.count('revoked_tokens')).toBe(1);
  });

  test('and a concurrent revocation of its token end with an order or a refusal; no order follows the revocation', async () => {
    await sale.sql`update inventory set stock = 1000, available = 1000`;
    const seen = new Set<string>();
    // Chance decides which side is first: in most rounds all start together, in some rounds one side has a head start.
    for (let round = 0; round < 40; round += 1) {
      const jti = `contested-${round}`;
      if (round % 5 === 3) await revoke(jti);
      const buying = Array.from({ length: 3 }, () => sale.buy({ jti }));
      if (round % 5 === 4) await buying[0];
      const revoking = revoke(jti);
      if (round % 2) buying.push(sale.buy({ jti }), sale.buy({ jti }));
      await revoking;
      const afterwards = await sale.buy({ jti });
      const outcomes = [...(await Promise.all(buying)), afterwards].map((result) => result.outcome);
      const placed = outcomes.filter((outcome) => outcome === 'placed').length;
      const [orders] = await sale.sql`select count(*)::int as n from orders where jti = ${jti}`;
      expect(orders?.n).toBe(placed);
      expect(placed).toBeLessThanOrEqual(1);
      expect(afterwards.outcome).not.toBe('placed');
      if (placed === 0) expect(new Set(outcomes)).toEqual(new Set(['revoked']));
      seen.add(placed ? 'bought' : 'refused');
    }
    expect(seen).toEqual(new Set(['bought', 'refused']));
    expect(await findViolations(sale.sql)).toEqual([]);
  });

  test('changes nothing when sold out, and leaves the token unspent', async () => {
    await sale.place({ quantity: 2 });
    const before = await rows();
    expect(await sale.buy({ quantity: 2, jti: 'patient' })).toEqual({
      outcome: 'sold_out',
      productId: 'sneaker',
    });
    expect(await rows()).toEqual(before);
    expect(await sale.units()).toEqual({ available: 1, held: 2, sold: 0 });
    expect(await sale.buy({ quantity: 1, jti: 'patient' })).toMatchObject({ outcome: 'placed' });
  });

  test('over the limit of one customer changes nothing, and leaves the token unspent', async () => {
    await sale.place({ email: 'ann@example.com' });
    const before = await rows();
    const greedy = { email: 'ANN+again@example.com', quantity: 2, jti: 'greedy' };
    expect(await sale.buy(greedy)).toEqual({ outcome: 'purchase_limit' });
    expect(await rows()).toEqual(before);
    expect(await sale.units()).toEqual({ available: 2, held: 1, sold: 0 });
    expect(await sale.buy({ ...greedy, quantity: 1 })).toMatchObject({ outcome: 'placed' });
  });

  test('enforces the limit of one customer for many concurrent orders', async () => {
    const results = await Promise.all(
      Array.from({ length: 12 }, () => sale.buy({ email: 'ann@example.com' })),
    );
    expect(results.map((result) => result.outcome).sort()).toEqual([
      'placed',
      'placed',
      ...Array(10).fill('purchase_limit'),
    ]);
    expect(await findViolations(sale.sql)).toEqual([]);
  });

  test('takes units only between start and end of the sale, and otherwise leaves the token unspent', async () => {
    const [starts, ends] = [sale.clock.now() + 1_000, sale.clock.now() + 3_000];
    await sale.sql`
      update products set sale_starts_at = ${new Date(starts)}, sale_ends_at = ${new Date(ends)}`;
    const closed = {
      outcome: 'not_on_sale',
      productId: 'sneaker',
      startsAt: new Date(starts),
      endsAt: new Date(ends),
    };
    const jti = 'patient';
    expect(await sale.buy({ jti, now: new Date(starts - 1) })).toEqual(closed);
    expect(await sale.buy({ jti, now: new Date(ends) })).toEqual(closed);
    expect(await rows()).toEqual([0, 0, 0, 0]);
    expect(await sale.buy({ jti, now: new Date(starts) })).toMatchObject({ outcome: 'placed' });
    expect(await sale.buy({ now: new Date(ends - 1) })).toMatchObject({ outcome: 'placed' });
  });

  test('costs the product’s price with tax and shipping, which are valid only for the quoted price', async () => {
    const item = { productId: 'sneaker', quantity: 2, quotedPrice: 100 };
    const extras = { tax: 40, shipping: 5, destination: { country: 'DE' } };
    expect(await sale.buy({ items: [item], ...extras })).toEqual({
      outcome: 'price_changed',
      productId: 'sneaker',
    });
    expect(await rows()).toEqual([0, 0, 0, 0]);
    const order = await sale.place({ items: [{ ...item, quotedPrice: 12_900 }], ...extras });
    expect(order).toMatchObject({ ...extras, total: 25_845 });
    const [payment] = await sale.sql`select amount from payments`;
    expect(payment?.amount).toBe(25_845);
    expect(await findViolations(sale.sql)).toEqual([]);
  });

  test('takes no unit with a token of another room', async () => {
    expect(await sale.buy({ room: 'elsewhere' })).toEqual({ outcome: 'generation_ended' });
    await putRoom(sale.sql, 'elsewhere');
    expect(await sale.buy({ room: 'elsewhere' })).toEqual({ outcome: 'sold_out', productId: 'sneaker' });
    expect(await sale.units()).toEqual({ available: 3, held: 0, sold: 0 });
  });
});
